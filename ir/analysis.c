/* Keeping analyses: a short list, as few roots are being worked on at a time. */
#include "ir/analysis_internal.h"

#include "ir/dominance.h"
#include "ir/liveness.h"
#include "ir/operation_internal.h"

static coco_kept_analysis *find(coco_analysis_cache *cache, const coco_analysis_definition *definition) {
  for (size_t i = 0; i < cache->kept.count; ++i) {
    coco_kept_analysis *kept = &cache->kept.items[i];
    if (kept->definition == definition && kept->root == cache->root) return kept;
  }
  return NULL;
}

coco_status coco_pass_analysis(coco_pass *pass, const coco_analysis_definition *definition, void **out) {
  coco_analysis_cache *cache = pass->analyses;
  const coco_kept_analysis *kept = find(cache, definition);
  *out = kept ? kept->analysis : NULL;
  if (kept) return COCO_OK;
  COCO_TRY(definition->create(cache->root, out));
  coco_status status =
      coco_vector_push(cache->allocator, &cache->kept, ((coco_kept_analysis){definition, cache->root, *out, false}));
  if (status != COCO_OK) definition->destroy(*out);
  return status;
}

void coco_pass_preserves(coco_pass *pass, const coco_analysis_definition *definition) {
  coco_kept_analysis *kept = find(pass->analyses, definition);
  if (kept) kept->preserved = true;
}

/* Keeps what KEEPS says of. */
static void drop_unless(coco_analysis_cache *cache,
                        bool (*keeps)(const coco_kept_analysis *kept, const coco_operation *root),
                        const coco_operation *root) {
  size_t count = 0;
  for (size_t i = 0; i < cache->kept.count; ++i) {
    const coco_kept_analysis kept = cache->kept.items[i];
    if (keeps(&kept, root)) cache->kept.items[count++] = kept;
    else kept.definition->destroy(kept.analysis);
  }
  cache->kept.count = count;
}

static bool is_preserved(const coco_kept_analysis *kept, const coco_operation *root) {
  return kept->preserved && kept->root == root;
}
static bool is_of_another(const coco_kept_analysis *kept, const coco_operation *root) { return kept->root != root; }
static bool is_none(const coco_kept_analysis *kept, const coco_operation *root) {
  (void)kept, (void)root;
  return false;
}

void coco_analysis_cache_after(coco_analysis_cache *cache, const coco_operation *root, bool changed) {
  if (changed) drop_unless(cache, is_preserved, root);
  for (size_t i = 0; i < cache->kept.count; ++i) cache->kept.items[i].preserved = false;
}

void coco_analysis_cache_leave(coco_analysis_cache *cache, const coco_operation *root) {
  drop_unless(cache, is_of_another, root);
}

void coco_analysis_cache_free(coco_analysis_cache *cache) {
  drop_unless(cache, is_none, NULL);
  coco_vector_free(cache->allocator, &cache->kept);
}

/* ---- Analyses of the IR itself ---- */

static coco_status create_dominance(coco_operation *root, void **out) {
  coco_dominance *dominance;
  coco_status status = coco_dominance_create(root->context, &dominance);
  *out = dominance;
  return status;
}
static void destroy_dominance(void *analysis) { coco_dominance_destroy(analysis); }
const coco_analysis_definition coco_dominance_analysis = {"dominance", create_dominance, destroy_dominance};

static coco_status create_liveness(coco_operation *root, void **out) {
  coco_liveness *liveness;
  coco_status status = coco_liveness_create(root, &liveness);
  *out = liveness;
  return status;
}
static void destroy_liveness(void *analysis) { coco_liveness_destroy(analysis); }
const coco_analysis_definition coco_liveness_analysis = {"liveness", create_liveness, destroy_liveness};
