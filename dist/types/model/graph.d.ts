/** What migrations declare to need. */
export interface Graph {
    readonly format: 'mermaid' | 'dot';
    /** In the order they are applied in. */
    readonly names: readonly string[];
    /** Places in `names`: the one that is needed, and the one that needs it, in their order. */
    readonly edges: readonly {
        readonly needed: number;
        readonly by: number;
    }[];
}
