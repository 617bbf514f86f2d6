// What the address can say of how a picture of the explorer is drawn.

/** The forms of the flow. */
export const FORMS = ['bands', 'long', 'matrix', 'chord'] as const;
/** What the map shows. */
export const LAYERS = ['both', 'circles', 'areas'] as const;
/** What colours the nodes of a network. */
export const COLOURS = ['family', 'kind', 'steps'] as const;
/** What sizes them. */
export const SIZES = ['links', 'equal'] as const;
/** How many steps from its centre a network goes. */
export const DEPTHS = ['1', '2', '3'] as const;
/** What can stand in the centre of a network, `node=dataset:slug`. */
export const CENTRES = ['organisation', 'dataset', 'publisher'] as const;
/** The columns of the table beside the name, in their order. */
export const COLUMN_KEYS = ['sector', 'place', 'kind', 'founded', 'size', 'publishers', 'datasets', 'claims', 'evidence', 'updated'] as const;
