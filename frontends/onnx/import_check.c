/* What can be known about a model before its nodes are imported: opset, names, order, and which operators are unknown.
 * Cost: linear in nodes and names. */
#include "frontends/onnx/import_check.h"

#include "frontends/onnx/import.h"
#include "ir/base/buffer.h"

static const coco_location *model_location(coco_onnx_importer *importer) {
  return coco_location_file(importer->context, importer->path, 0, 0);
}

bool coco_onnx_is_default_domain(const char *domain) { return !domain || !*domain || strcmp(domain, "ai.onnx") == 0; }

coco_string coco_onnx_node_name(const CocoOnnx__NodeProto *node) {
  if (node->name && *node->name) return coco_string_from(node->name);
  for (size_t i = 0; i < node->n_output; ++i)
    if (*node->output[i]) return coco_string_from(node->output[i]);
  return COCO_STRING("?");
}

coco_status coco_onnx_check_opset(coco_onnx_importer *importer) {
  const CocoOnnx__ModelProto *model = importer->model;
  const coco_location *location = model_location(importer);
  if (!location) return COCO_OUT_OF_MEMORY;
  if (!model->graph) return coco_error(importer->context, location, "the model holds no graph");
  importer->opset = model->has_ir_version && model->ir_version < 3 ? 1 : 0; /* older files name no operator sets */
  for (size_t i = 0; i < model->n_opset_import; ++i)
    if (coco_onnx_is_default_domain(model->opset_import[i]->domain)) importer->opset = model->opset_import[i]->version;
  if (importer->opset < 1)
    return coco_error(importer->context, location, "the model does not say which version of ONNX's operators it uses");
  if (importer->opset > COCO_ONNX_LAST_CHECKED_OPSET)
    coco_warning(importer->context, location,
                 "the model uses version %lld of ONNX's operators; it is read as version %d",
                 (long long)importer->opset, COCO_ONNX_LAST_CHECKED_OPSET);
  return COCO_OK;
}

/* ---- Operators that are not known ---- */

typedef struct missing {
  coco_string name; /* "domain::operator" or "operator" */
  int64_t version;  /* of the domain's operators, 0: not said */
  size_t count;
  const coco_location *first;
  coco_string first_name;
} missing;

typedef struct missing_list {
  coco_onnx_importer *importer;
  coco_string_map by_name;
  COCO_VECTOR_OF(missing *) found;
  size_t nodes;
} missing_list;

static int64_t domain_version(const coco_onnx_importer *importer, const char *domain) {
  for (size_t i = 0; i < importer->model->n_opset_import; ++i) {
    const CocoOnnx__OperatorSetIdProto *entry = importer->model->opset_import[i];
    if (entry->domain && strcmp(entry->domain, domain) == 0) return entry->version;
  }
  return 0;
}

static coco_status qualified_name(coco_onnx_importer *importer, const CocoOnnx__NodeProto *node, coco_string *out) {
  coco_buffer text = COCO_BUFFER(coco_context_allocator(importer->context));
  if (!coco_onnx_is_default_domain(node->domain)) coco_buffer_format(&text, "%s::", node->domain);
  coco_buffer_text(&text, node->op_type ? node->op_type : "");
  if (text.size == 0) coco_buffer_text(&text, "(no operator)");
  *out = text.status == COCO_OK ? coco_arena_copy(&importer->scratch, coco_buffer_view(&text)) : (coco_string){0};
  coco_buffer_free(&text);
  return out->data ? COCO_OK : COCO_OUT_OF_MEMORY;
}

static coco_status note_missing(missing_list *list, const CocoOnnx__NodeProto *node, size_t number) {
  coco_onnx_importer *importer = list->importer;
  coco_string name;
  COCO_TRY(qualified_name(importer, node, &name));
  ++list->nodes;
  missing *entry = coco_string_map_get(&list->by_name, name);
  if (!entry) {
    entry = coco_arena_allocate_zeroed(&importer->scratch, 1, sizeof *entry);
    if (!entry) return COCO_OUT_OF_MEMORY;
    bool ours = coco_onnx_is_default_domain(node->domain);
    *entry = (missing){.name = name,
                       .version = ours ? importer->opset : domain_version(importer, node->domain),
                       .first_name = coco_onnx_node_name(node)};
    entry->first = coco_location_file(importer->context, importer->path, (int64_t)number, 1);
    if (!entry->first) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_string_map_set(&list->by_name, name, entry));
    COCO_TRY(coco_vector_push(coco_context_allocator(importer->context), &list->found, entry));
  }
  ++entry->count;
  return COCO_OK;
}

/* Nodes of subgraphs count with the number of the outermost node that they are in (NUMBER, 0 at the top).
 * Recursion: bounded by the depth that decoding allows. */
static coco_status find_missing(missing_list *list, const CocoOnnx__GraphProto *graph, size_t number) {
  for (size_t i = 0; i < graph->n_node; ++i) {
    const CocoOnnx__NodeProto *node = graph->node[i];
    size_t at = number ? number : i + 1;
    int64_t version;
    if (!coco_onnx_is_default_domain(node->domain) ||
        !coco_onnx_find_operator(coco_string_from(node->op_type), list->importer->opset, &version))
      COCO_TRY(note_missing(list, node, at));
    for (size_t j = 0; j < node->n_attribute; ++j) {
      const CocoOnnx__AttributeProto *attribute = node->attribute[j];
      if (attribute->g) COCO_TRY(find_missing(list, attribute->g, at));
      for (size_t k = 0; k < attribute->n_graphs; ++k) COCO_TRY(find_missing(list, attribute->graphs[k], at));
    }
  }
  return COCO_OK;
}

static coco_status report_missing(missing_list *list) {
  coco_context *context = list->importer->context;
  const coco_allocator *allocator = coco_context_allocator(context);
  coco_buffer text = COCO_BUFFER(allocator), notes = COCO_BUFFER(allocator);
  coco_diagnostic *items = coco_arena_allocate_zeroed(&list->importer->scratch, list->found.count, sizeof *items);
  coco_diagnostic diagnostic = {.severity = COCO_ERROR,
                                .location = model_location(list->importer),
                                .notes = items,
                                .note_count = list->found.count};
  coco_buffer_format(&text, "the model uses %zu operator%s that cannot be imported, in %zu node%s:", list->found.count,
                     list->found.count == 1 ? "" : "s", list->nodes, list->nodes == 1 ? "" : "s");
  for (size_t i = 0; items && i < list->found.count; ++i) {
    const missing *entry = list->found.items[i];
    coco_buffer_format(&text, "%s %.*s", i ? "," : "", COCO_PRINT(entry->name));
    coco_buffer_clear(&notes);
    coco_buffer_format(&notes, "'%.*s' of operator set %lld: %zu time%s, first in node '%.*s'", COCO_PRINT(entry->name),
                       (long long)entry->version, entry->count, entry->count == 1 ? "" : "s",
                       COCO_PRINT(entry->first_name));
    items[i] = (coco_diagnostic){.severity = COCO_NOTE,
                                 .location = entry->first,
                                 .message = coco_arena_copy(&list->importer->scratch, coco_buffer_view(&notes))};
  }
  diagnostic.message = coco_buffer_view(&text);
  bool complete = items && diagnostic.location && text.status == COCO_OK && notes.status == COCO_OK;
  if (complete) coco_diagnostic_emit(context, &diagnostic);
  coco_buffer_free(&text);
  coco_buffer_free(&notes);
  return complete ? COCO_REPORTED : COCO_OUT_OF_MEMORY;
}

coco_status coco_onnx_check_operators(coco_onnx_importer *importer) {
  const coco_allocator *allocator = coco_context_allocator(importer->context);
  missing_list list = {.importer = importer, .by_name = {.allocator = allocator}};
  coco_status status = find_missing(&list, importer->graph, 0);
  if (status == COCO_OK && list.found.count) status = report_missing(&list);
  coco_vector_free(allocator, &list.found);
  coco_string_map_free(&list.by_name);
  return status;
}

/* ---- Names ---- */

static coco_status new_name(coco_onnx_importer *importer, const char *name, const char *what, coco_onnx_name **out) {
  coco_string key = coco_string_from(name);
  *out = coco_string_map_get(&importer->names, key);
  if (*out || key.size == 0) {
    const coco_location *location = model_location(importer);
    if (!location) return COCO_OUT_OF_MEMORY;
    if (key.size == 0) return coco_error(importer->context, location, "%s has no name", what);
    return coco_error(importer->context, location, "%s '%s' has a name that is taken already", what, name);
  }
  *out = coco_arena_allocate_zeroed(&importer->scratch, 1, sizeof **out);
  return *out ? coco_string_map_set(&importer->names, key, *out) : COCO_OUT_OF_MEMORY;
}

coco_status coco_onnx_collect_names(coco_onnx_importer *importer) {
  const CocoOnnx__GraphProto *graph = importer->graph;
  coco_onnx_name *entry;
  for (size_t i = 0; i < graph->n_initializer; ++i) {
    COCO_TRY(new_name(importer, graph->initializer[i]->name, "initializer", &entry));
    entry->initializer = graph->initializer[i];
  }
  for (size_t i = 0; i < graph->n_input; ++i) {
    const char *name = graph->input[i]->name;
    coco_onnx_name *known = coco_string_map_get(&importer->names, coco_string_from(name));
    if (known && known->initializer && !known->is_input) {
      known->is_input = true; /* a default value: taken as a constant */
      continue;
    }
    COCO_TRY(new_name(importer, name, "input", &entry));
    entry->is_input = true;
  }
  for (size_t i = 0; i < graph->n_node; ++i)
    for (size_t j = 0; j < graph->node[i]->n_output; ++j) {
      if (!*graph->node[i]->output[j]) continue;
      COCO_TRY(new_name(importer, graph->node[i]->output[j], "output", &entry));
      entry->producer = graph->node[i];
      entry->node = i;
    }
  return COCO_OK;
}

/* ---- Order ---- */

typedef struct frame {
  size_t node, next_input;
} frame;

typedef struct ordering {
  coco_onnx_importer *importer;
  uint8_t *state; /* 0: not seen, 1: its inputs are being ordered, 2: done */
  frame *stack;
  size_t depth, done;
} ordering;

static coco_status name_error(coco_onnx_importer *importer, size_t node, const char *format, const char *name) {
  const coco_location *location = coco_location_file(importer->context, importer->path, (int64_t)node + 1, 1);
  coco_string text = coco_onnx_node_name(importer->graph->node[node]);
  if (!location) return COCO_OUT_OF_MEMORY;
  return coco_error(importer->context, location, format, COCO_PRINT(text), importer->graph->node[node]->op_type, name);
}

/* One step of the walk: the next input of the top frame, or its end. */
static coco_status order_step(ordering *order) {
  coco_onnx_importer *importer = order->importer;
  frame *top = &order->stack[order->depth - 1];
  const CocoOnnx__NodeProto *node = importer->graph->node[top->node];
  if (top->next_input == node->n_input) {
    order->state[top->node] = 2;
    importer->order[order->done++] = top->node;
    --order->depth;
    return COCO_OK;
  }
  const char *name = node->input[top->next_input++];
  if (!*name) return COCO_OK;
  const coco_onnx_name *entry = coco_string_map_get(&importer->names, coco_string_from(name));
  if (!entry) return name_error(importer, top->node, "node '%.*s' (%s) reads '%s', which nothing produces", name);
  if (!entry->producer || order->state[entry->node] == 2) return COCO_OK;
  if (order->state[entry->node] == 1)
    return name_error(importer, top->node,
                      "node '%.*s' (%s) reads '%s', which depends on the node itself: the graph has a cycle", name);
  order->state[entry->node] = 1;
  order->stack[order->depth++] = (frame){.node = entry->node};
  return COCO_OK;
}

coco_status coco_onnx_order_nodes(coco_onnx_importer *importer) {
  size_t count = importer->graph->n_node;
  ordering order = {.importer = importer};
  importer->order = coco_arena_allocate(&importer->scratch, (count + 1) * sizeof *importer->order);
  order.state = coco_arena_allocate_zeroed(&importer->scratch, count + 1, 1);
  order.stack = coco_arena_allocate(&importer->scratch, (count + 1) * sizeof *order.stack);
  if (!importer->order || !order.state || !order.stack) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; ++i) {
    if (order.state[i]) continue;
    order.state[i] = 1;
    order.stack[order.depth++] = (frame){.node = i};
    while (order.depth) COCO_TRY(order_step(&order));
  }
  return COCO_OK;
}
