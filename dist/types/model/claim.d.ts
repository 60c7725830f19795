/**
 * What a finding says that the server will do, where running the statement shows whether it does.
 *
 * - `rewrite`: it writes a table, an index or a materialised view anew
 * - `scan`: it reads a whole table under a lock that stops others
 * - `stops-writes`, `stops-reads`: it takes a lock that nobody can write, or read, under
 * - `under-lock`: it takes time while an earlier statement's lock stops all others
 * - `two-locks`: it waits for a lock while an earlier statement holds one
 * - `victims`: other things go with what it drops
 * - `refused`: the server refuses it, because of what is there
 * - `fails-on-rows`: it fails as soon as there is a row
 */
export type Claim = 'rewrite' | 'scan' | 'stops-writes' | 'stops-reads' | 'under-lock' | 'two-locks' | 'victims' | 'refused' | 'fails-on-rows';
