/** What a dump says of itself. */
export interface CheckedDump {
  /** `15.18`, or with what a distribution adds. */
  readonly dumpVersion: string
  readonly serverVersion: string
  /** How many tables it has rows of; absent where it does not tell. */
  readonly tables?: number
}
