/**
 * The way out where a file that fits no naming style lies as another tool has it; undefined where no tool is known to.
 *
 * @param name path relative to the migrations folder, with `/`
 */
export function foreignLayout(name: string): string | undefined {
  return LAYOUTS.find(({ is }) => is.test(name))?.help
}

const LAYOUTS: readonly { readonly is: RegExp; readonly help: string }[] = [
  {
    is: /^(?:deploy|revert|verify)\/.+\.sql$/,
    help: 'Sqitch keeps scripts like this. Copy those of deploy/ into another folder as 01_<change>.sql, in the order of sqitch.plan, those of revert/ as 01_<change>.down.sql, and name that folder as the directory: docs/adopt.md has more.',
  },
  {
    is: /^(?:committed\/\d{6,}(?:-[\w-]*)?|current(?:\/.+)?|current-\w+)\.sql$/,
    help: 'graphile-migrate keeps files like this. Name its folder migrations/committed as the directory.',
  },
  {
    is: /^(?:before|after)[A-Z]\w*(?:__.+)?\.sql$/,
    help: 'Flyway takes a file like this for a callback, which is not carried out here. Exclude it, and put what it does into the migrations.',
  },
  {
    is: /^[^/]+\/V\d+(?:[._]\d+)*__.+\.sql$/,
    help: 'Flyway looks for files in the folders below too. Put the files into one folder, which keeps their checksums.',
  },
]
