/** For the rest of a transaction: triggers that are deferred have done what they do when what is written is looked at. */
export const FIRE_NOW = 'SET CONSTRAINTS ALL IMMEDIATE;'
