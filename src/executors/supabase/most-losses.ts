/** How many connections may be lost in a row before it is given up. */
export const MOST_LOSSES = 3
