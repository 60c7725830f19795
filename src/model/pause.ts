/** Called at a pause of long work: what is to be waited for before it goes on, where others are due to have their turn. */
export type Pause = () => Promise<void> | undefined
