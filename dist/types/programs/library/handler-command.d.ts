/** What can be asked for over HTTP. */
export type HandlerCommand = 'status' | 'dry-run' | 'migrate';
