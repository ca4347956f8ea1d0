import type { Context } from "../context.js";
import type { TextEvidence } from "../rule.js";

/** Functions between the OOM killer and the code that wanted memory: the allocators themselves. */
const allocators =
  /^_*(?:alloc_page|alloc_slab_page|allocate_slab|get_free_page|get_zeroed_page|kv?[mzc]alloc|krealloc|kmem_cache_alloc|kmem_getpages|new_slab|slab_alloc|cache_alloc|cache_grow|fallback_alloc|v[mz]?alloc|folio_alloc|vma_alloc_folio)/;

/**
 * The function that asked for memory: the first one above the allocators in the trigger's trace. Null where the trace
 * is missing, or shows no allocator.
 */
export function allocatorOf({ report }: Context): TextEvidence | null {
  const frames = report.stack.filter(({ reliable }) => reliable);
  const first = frames.findIndex(({ function: name }) => allocators.test(name));
  const caller = first < 0 ? undefined : frames.slice(first).find(({ function: name }) => !allocators.test(name));
  return caller === undefined ? null : { name: "asked for in", value: caller.function, lines: [caller.line] };
}
