/* Dominance: per region, immediate dominators by the iterative scheme over reverse postorder, then
 * entry and exit numbers of the dominator tree, so that a question costs a comparison.
 *
 * Regions are analysed when first asked about. block->order holds the block's position in its region,
 * which is checked against the table, so that other users of that field cannot mislead. */
#include "ir/dominance.h"

#include "ir/operation_internal.h"

#define UNREACHABLE UINT32_MAX

typedef struct region_tree {
  coco_block **blocks;     /* in the region's order */
  uint32_t *enter, *leave; /* by position; enter is UNREACHABLE where control cannot come */
  uint32_t count;
} region_tree;

struct coco_dominance {
  coco_context *context;
  coco_arena arena;
  coco_pointer_map trees; /* region to region_tree */
};

coco_status coco_dominance_create(coco_context *context, coco_dominance **out) {
  *out = NULL;
  const coco_allocator *allocator = coco_context_allocator(context);
  coco_dominance *dominance = coco_allocate(allocator, sizeof *dominance);
  if (!dominance) return COCO_OUT_OF_MEMORY;
  *dominance =
      (coco_dominance){.context = context, .arena = {.allocator = allocator}, .trees = {.allocator = allocator}};
  *out = dominance;
  return COCO_OK;
}

void coco_dominance_destroy(coco_dominance *dominance) {
  if (!dominance) return;
  coco_pointer_map_free(&dominance->trees);
  coco_arena_destroy(&dominance->arena);
  coco_free(dominance->arena.allocator, dominance, sizeof *dominance);
}

/* ---- Building a tree ---- */

typedef struct builder {
  region_tree *tree;
  uint32_t *postorder;    /* positions, in the order in which the search leaves them */
  uint32_t *number;       /* by position: place in postorder; UNREACHABLE where not reached */
  uint32_t *idom;         /* by position */
  uint32_t *stack, *edge; /* depth-first search: path, and next successor by position */
  uint32_t *pred_start, *preds;
  uint32_t reached;
} builder;

static uint32_t successor_count(const coco_block *block) { return block->last ? block->last->successor_count : 0; }

static void depth_first(builder *b) {
  uint32_t depth = 0;
  b->stack[depth++] = 0;
  b->number[0] = 0; /* any mark but UNREACHABLE */
  while (depth) {
    uint32_t top = b->stack[depth - 1];
    const coco_block *block = b->tree->blocks[top];
    if (b->edge[top] < successor_count(block)) {
      const coco_block *next = coco_operation_successor(block->last, b->edge[top]++);
      if (b->number[next->order] == UNREACHABLE) {
        b->number[next->order] = 0;
        b->stack[depth++] = next->order;
      }
    } else {
      b->postorder[b->reached] = top;
      ++b->reached;
      --depth;
    }
  }
  for (uint32_t i = 0; i < b->reached; ++i) b->number[b->postorder[i]] = i;
}

static void collect_predecessors(builder *b) {
  uint32_t count = b->tree->count;
  for (uint32_t i = 0; i < b->reached; ++i) {
    const coco_block *block = b->tree->blocks[b->postorder[i]];
    for (uint32_t s = 0; s < successor_count(block); ++s)
      ++b->pred_start[coco_operation_successor(block->last, s)->order + 1];
  }
  for (uint32_t i = 0; i < count; ++i) b->pred_start[i + 1] += b->pred_start[i];
  for (uint32_t i = 0; i < count; ++i) b->edge[i] = b->pred_start[i];
  for (uint32_t i = 0; i < b->reached; ++i) {
    const coco_block *block = b->tree->blocks[b->postorder[i]];
    for (uint32_t s = 0; s < successor_count(block); ++s)
      b->preds[b->edge[coco_operation_successor(block->last, s)->order]++] = b->postorder[i];
  }
}

static uint32_t common_dominator(const builder *b, uint32_t left, uint32_t right) {
  while (left != right) {
    while (b->number[left] < b->number[right]) left = b->idom[left];
    while (b->number[right] < b->number[left]) right = b->idom[right];
  }
  return left;
}

static void immediate_dominators(builder *b) {
  for (uint32_t i = 0; i < b->tree->count; ++i) b->idom[i] = UNREACHABLE;
  b->idom[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = b->reached; i-- > 0;) {
      uint32_t block = b->postorder[i], best = UNREACHABLE;
      if (block == 0) continue;
      for (uint32_t p = b->pred_start[block]; p < b->pred_start[block + 1]; ++p) {
        uint32_t pred = b->preds[p];
        if (b->idom[pred] == UNREACHABLE) continue;
        best = best == UNREACHABLE ? pred : common_dominator(b, best, pred);
      }
      if (best != b->idom[block]) {
        b->idom[block] = best;
        changed = true;
      }
    }
  }
}

/* Numbers the dominator tree: children are linked through STACK (first child) and EDGE (next sibling). */
static void number_tree(builder *b) {
  uint32_t *child = b->stack, *sibling = b->edge, clock = 0, current = 0;
  for (uint32_t i = 0; i < b->tree->count; ++i) child[i] = sibling[i] = UNREACHABLE;
  for (uint32_t i = 0; i < b->reached; ++i) {
    uint32_t block = b->postorder[i];
    if (block == 0) continue;
    sibling[block] = child[b->idom[block]];
    child[b->idom[block]] = block;
  }
  b->tree->enter[0] = clock++;
  for (;;) {
    if (child[current] != UNREACHABLE) {
      uint32_t next = child[current];
      child[current] = sibling[next];
      b->tree->enter[next] = clock++;
      current = next;
    } else {
      b->tree->leave[current] = clock++;
      if (current == 0) return;
      current = b->idom[current];
    }
  }
}

static coco_status allocate_builder(coco_arena *scratch, builder *b, size_t edges) {
  size_t count = b->tree->count;
  uint32_t **arrays[] = {&b->postorder, &b->number, &b->idom, &b->stack, &b->edge};
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; ++i) {
    *arrays[i] = coco_arena_allocate_zeroed(scratch, count, sizeof(uint32_t));
    if (!*arrays[i]) return COCO_OUT_OF_MEMORY;
  }
  b->pred_start = coco_arena_allocate_zeroed(scratch, count + 1, sizeof(uint32_t));
  b->preds = coco_arena_allocate_zeroed(scratch, edges + 1, sizeof(uint32_t));
  if (!b->pred_start || !b->preds) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) b->number[i] = UNREACHABLE;
  return COCO_OK;
}

static coco_status number_blocks(coco_dominance *dominance, const coco_region *region, region_tree *tree,
                                 size_t *out_edges) {
  size_t count = 0;
  *out_edges = 0;
  for (const coco_block *block = region->first; block; block = block->next) ++count;
  if (count >= UINT32_MAX / 4) return COCO_OUT_OF_MEMORY;
  tree->count = (uint32_t)count;
  tree->blocks = coco_arena_allocate_zeroed(&dominance->arena, count, sizeof *tree->blocks);
  tree->enter = coco_arena_allocate_zeroed(&dominance->arena, count, sizeof *tree->enter);
  tree->leave = coco_arena_allocate_zeroed(&dominance->arena, count, sizeof *tree->leave);
  if (!tree->blocks || !tree->enter || !tree->leave) return COCO_OUT_OF_MEMORY;
  uint32_t position = 0;
  for (coco_block *block = region->first; block; block = block->next) {
    block->order = position;
    tree->blocks[position] = block;
    tree->enter[position++] = UNREACHABLE;
    *out_edges += successor_count(block);
  }
  return *out_edges < UINT32_MAX ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static region_tree *build_tree(coco_dominance *dominance, const coco_region *region) {
  region_tree *tree = coco_arena_allocate_zeroed(&dominance->arena, 1, sizeof *tree);
  size_t edges;
  if (!tree || number_blocks(dominance, region, tree, &edges) != COCO_OK) return NULL;
  coco_arena scratch = {.allocator = dominance->arena.allocator};
  builder b = {.tree = tree};
  coco_status status = allocate_builder(&scratch, &b, edges);
  if (status == COCO_OK) {
    depth_first(&b);
    collect_predecessors(&b);
    immediate_dominators(&b);
    number_tree(&b);
    status = coco_pointer_map_set(&dominance->trees, region, tree);
  }
  coco_arena_destroy(&scratch);
  return status == COCO_OK ? tree : NULL;
}

static region_tree *find_tree(coco_dominance *dominance, const coco_region *region) {
  region_tree *tree = coco_pointer_map_get(&dominance->trees, region);
  return tree ? tree : build_tree(dominance, region);
}

/* The position of BLOCK in TREE, numbering anew when somebody else has used block->order. */
static uint32_t position_of(const region_tree *tree, const coco_block *block) {
  if (block->order < tree->count && tree->blocks[block->order] == block) return block->order;
  for (uint32_t i = 0; i < tree->count; ++i) tree->blocks[i]->order = i;
  return block->order;
}

/* ---- Asking ---- */

bool coco_block_is_reachable(coco_dominance *dominance, const coco_block *block) {
  if (block == block->region->first) return true;
  const region_tree *tree = find_tree(dominance, block->region);
  return tree && tree->enter[position_of(tree, block)] != UNREACHABLE;
}

/* Without memory for the analysis the answer is the cautious no. */
bool coco_block_dominates(coco_dominance *dominance, const coco_block *a, const coco_block *b) {
  if (a == b || a == a->region->first) return true;
  const region_tree *tree = find_tree(dominance, a->region);
  if (!tree) return false;
  uint32_t left = position_of(tree, a), right = position_of(tree, b);
  if (tree->enter[right] == UNREACHABLE) return true; /* nothing runs there */
  return tree->enter[left] <= tree->enter[right] && tree->leave[right] <= tree->leave[left];
}

static bool order_matters(const coco_block *block) {
  const coco_operation *owner = block->region ? block->region->owner : NULL;
  return !owner || !(owner->definition->traits & COCO_GRAPH_REGION);
}

bool coco_value_dominates(coco_dominance *dominance, const coco_value *value, coco_operation *user) {
  const coco_block *block = coco_value_block(value);
  if (!block || !block->region) return false;
  coco_operation *ancestor = user;
  while (ancestor && (!ancestor->block || ancestor->block->region != block->region))
    ancestor = coco_operation_parent(ancestor);
  if (!ancestor) return false;
  coco_operation *definer = coco_value_operation(value);
  if (ancestor->block != block) return coco_block_dominates(dominance, block, ancestor->block);
  if (!definer) return true;
  if (definer == ancestor) return ancestor == user && !order_matters(block); /* inside itself it has no value yet */
  return !order_matters(block) || coco_operation_is_before(definer, ancestor);
}
