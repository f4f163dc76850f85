/* Finding an operator's row. Cost: a walk over the tables, less than two hundred rows, per node. */
#include "frontends/onnx/import.h"
#include "frontends/onnx/importer.h"

static const coco_onnx_operator *const tables[] = {coco_onnx_nn_operators,         coco_onnx_elementwise_operators,
                                                   coco_onnx_activation_operators, coco_onnx_shape_operators,
                                                   coco_onnx_move_operators,       coco_onnx_reduce_operators,
                                                   coco_onnx_resize_operators,     coco_onnx_index_operators,
                                                   coco_onnx_norm_operators, coco_onnx_normalization_operators,
                                                   coco_onnx_attention_operators,  coco_onnx_places_operators,
                                                   coco_onnx_transposed_operators, coco_onnx_sample_operators};

const coco_onnx_operator *coco_onnx_find_operator(coco_string name, int64_t opset, int64_t *out_version) {
  const coco_onnx_operator *best = NULL;
  *out_version = 0;
  for (size_t table = 0; table < sizeof tables / sizeof *tables; ++table)
    for (const coco_onnx_operator *row = tables[table]; row->name; ++row) {
      if (!coco_string_is(name, row->name)) continue;
      for (size_t i = 0; i < COCO_ONNX_VERSIONS && row->versions[i] && row->versions[i] <= opset; ++i) {
        if (row->versions[i] <= *out_version) continue;
        *out_version = row->versions[i];
        best = row;
      }
    }
  return best;
}

bool coco_onnx_list_operator(size_t index, const char **out_name, const uint8_t **out_versions) {
  for (size_t table = 0; table < sizeof tables / sizeof *tables; ++table)
    for (const coco_onnx_operator *row = tables[table]; row->name; ++row) {
      if (index-- > 0) continue;
      *out_name = row->name;
      *out_versions = row->versions;
      return true;
    }
  return false;
}
