/** Forgetting a person for good: their rows, the proof that they are gone and stay gone. */
export { allColumns, grouped, personColumns } from './purge/catalogue.ts';
export { reclaim } from './purge/reclaim.ts';
export { type Counts, purgeHousehold, purgeRows } from './purge/rows.ts';
export { addTombstone, applyTombstones, removeTombstone } from './purge/tombstones.ts';
export { type Trace, tracesInFiles, tracesInTables } from './purge/traces.ts';
