/** Processor time that this process has used, in milliseconds: for bounds on work, whoever else is busy on the machine. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
