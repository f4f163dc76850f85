/* The advice as text and as JSON. */
#include "tools/coco-compile/advise.h"
#include "tools/common/escape.h"

/* A layer gains, or loses, beyond what measurements of one thing differ by. */
static const double margin = 1.03;

static double speed_of(const advise_cell *cell) { return cell->ms > 0 ? cell->dense_ms / cell->ms : 1; }

static bool is_group(const advise_job *job, size_t row) { return row == job->row_count || job->rows[row].group == row; }

static size_t last_of_group(const advise_job *job, size_t row) {
  size_t last = row;
  for (size_t i = row; i < job->row_count; ++i)
    if (job->rows[i].group == row) last = i;
  return last;
}

/* "block1.expand .. block1.project"; of no row: "other layers". */
static void put_name(const advise_job *job, coco_buffer *out, size_t row) {
  if (row == job->row_count) {
    coco_buffer_text(out, "other layers");
    return;
  }
  coco_buffer_string(out, job->rows[row].name);
  const size_t last = last_of_group(job, row);
  if (last == row) return;
  coco_buffer_text(out, " .. ");
  coco_buffer_string(out, job->rows[last].name);
}

static const char *shape_of(const advise_job *job, size_t row) {
  if (row == job->row_count) return "";
  return last_of_group(job, row) == row ? job->rows[row].shape : "together";
}

static const char *model_name(const advise_job *job) {
  const char *slash = strrchr(job->options->model, '/');
  return slash ? slash + 1 : job->options->model;
}

static double dense_ms(const advise_job *job) { return job->network ? job->dense->ms : job->dense_model->ms; }

/* ---- Text ---- */

enum { NAME_WIDTH = 34, SHAPE_WIDTH = 14 };

static void put_head(const advise_job *job, coco_buffer *out) {
  coco_buffer_format(out, "%s on target %s, variant %s, one thread: dense %.3f ms, %s\n\n", model_name(job),
                     job->options->compile.target->name, job->variant->name, dense_ms(job),
                     job->network ? "measured on this machine" : "by the target's model");
  coco_buffer_text(out, "How many times as fast layers would be; -: not pruned, and as fast as before\n");
  coco_put_column_text(out, COCO_STRING("layer"), NAME_WIDTH);
  coco_buffer_text(out, " ");
  coco_put_column_text(out, COCO_STRING("shape"), SHAPE_WIDTH);
  coco_buffer_format(out, " %9s", "dense ms");
  for (size_t way = 0; way < ADVISE_WAYS; ++way) coco_buffer_format(out, " %8s", advise_ways[way].title);
  coco_buffer_text(out, "\n");
}

static void put_row(const advise_job *job, coco_buffer *out, size_t row) {
  coco_buffer name = COCO_BUFFER(out->allocator);
  put_name(job, &name, row);
  coco_put_column_text(out, coco_buffer_view(&name), NAME_WIDTH);
  if (name.status != COCO_OK) out->status = name.status;
  coco_buffer_free(&name);
  coco_buffer_text(out, " ");
  coco_put_column_text(out, coco_string_from(shape_of(job, row)), SHAPE_WIDTH);
  coco_buffer_format(out, " %9.3f", advise_cell_of(job, 0, row).dense_ms);
  for (size_t way = 0; way < ADVISE_WAYS; ++way) {
    const advise_cell cell = advise_cell_of(job, way, row);
    const double speed = speed_of(&cell);
    if (cell.left >= 1 && speed < margin && speed * margin > 1)
      coco_buffer_format(out, " %8s", "-");
    else
      coco_buffer_format(out, " %8.2f", speed);
  }
  coco_buffer_text(out, "\n");
}

static void put_network_row(const advise_job *job, coco_buffer *out) {
  coco_put_column_text(out, COCO_STRING("network"), NAME_WIDTH + 1 + SHAPE_WIDTH);
  coco_buffer_format(out, " %9.3f", dense_ms(job));
  for (size_t way = 0; way < ADVISE_WAYS; ++way) {
    const advise_cell cell = advise_network_cell(job, way);
    coco_buffer_format(out, " %8.2f", speed_of(&cell));
  }
  coco_buffer_text(out, "\n");
}

static void put_source(const advise_job *job, coco_buffer *out, size_t way) {
  coco_buffer_text(out, job->results[way].measured ? "measured\n" : "by the model");
  if (job->results[way].measured) return;
  coco_buffer_text(out, job->network ? ", corrected by what was measured\n" : "\n");
}

static void put_ways(const advise_job *job, coco_buffer *out) {
  for (size_t way = 0; way < ADVISE_WAYS; ++way) {
    const advise_cell cell = advise_network_cell(job, way);
    coco_buffer_format(out, "\n%s: ", advise_ways[way].name);
    if (job->results[way].nothing) {
      coco_buffer_text(out, "nothing can be pruned so\n");
      continue;
    }
    coco_buffer_format(out, "%.2f times as fast, %.3f ms; %.1f %% of the multiplications of these layers left; ",
                       speed_of(&cell), cell.ms, 100 * cell.left);
    put_source(job, out, way);
    coco_buffer_format(out, "  coco-prune %s %s -o pruned.onnx\n", job->options->model, advise_ways[way].options);
  }
}

/* Why it is computed as it is, or at least how. */
static void put_how(coco_buffer *out, const advise_cell *cell) {
  if (cell->call)
    coco_buffer_text(out, *cell->call->reason ? cell->call->reason : cell->call->kind);
  else
    coco_buffer_text(out, "it is gone");
}

/* The way that makes ROW fastest. */
static size_t best_way(const advise_job *job, size_t row, advise_cell *out) {
  size_t best = 0;
  *out = advise_cell_of(job, 0, row);
  for (size_t way = 1; way < ADVISE_WAYS; ++way) {
    const advise_cell cell = advise_cell_of(job, way, row);
    if (speed_of(&cell) <= speed_of(out)) continue;
    *out = cell;
    best = way;
  }
  return best;
}

static void put_best(coco_buffer *out, size_t way, const advise_cell *cell) {
  coco_buffer_format(out, ": at best %.2f times as fast, by %s: ", speed_of(cell), advise_ways[way].name);
  put_how(out, cell);
  coco_buffer_text(out, "\n");
}

/* Rows that no way makes faster, and why. */
static void put_losers(const advise_job *job, coco_buffer *out) {
  bool any = false;
  for (size_t row = 0; row < job->row_count; ++row) {
    advise_cell cell;
    if (!is_group(job, row)) continue;
    const size_t way = best_way(job, row, &cell);
    if (speed_of(&cell) >= margin) continue;
    if (!any) coco_buffer_text(out, "\nLayers that nothing here makes faster:\n");
    any = true;
    coco_buffer_text(out, "  ");
    put_name(job, out, row);
    const char *reason = advise_reason_of(job, way, row);
    if (reason)
      coco_buffer_format(out, ": %s\n", reason);
    else
      put_best(out, way, &cell);
  }
}

static void put_end(const advise_job *job, coco_buffer *out) {
  if (job->network)
    coco_buffer_text(out,
                     "\nMeasured: the least of many turns, dense and pruned in turn, in processor time of one thread.");
  else
    coco_buffer_text(
        out, "\nBy the model: figures of the target's processor, nothing was run; ratios mean more than milliseconds.");
  coco_buffer_text(out,
                   "\nAccuracy is not predicted. Weights were pruned in one shot as they are, which loses accuracy: "
                   "prune, then train the"
                   "\nweights that are kept. What the network stands must be tried.\n");
}

void advise_put_text(const advise_job *job, coco_buffer *out) {
  put_head(job, out);
  for (size_t row = 0; row <= job->row_count; ++row)
    if (is_group(job, row)) put_row(job, out, row);
  put_network_row(job, out);
  put_ways(job, out);
  put_losers(job, out);
  put_end(job, out);
}

/* ---- JSON ---- */

static void put_json_cell(coco_buffer *out, size_t way, const advise_cell *cell) {
  coco_buffer_text(out, "\"way\": ");
  coco_put_json_text(out, coco_string_from(advise_ways[way].name));
  coco_buffer_format(out, ", \"dense_ms\": %.6f, \"ms\": %.6f, \"times_as_fast\": %.4f, \"multiplications_left\": %.6f",
                     cell->dense_ms, cell->ms, speed_of(cell), cell->left);
}

static void put_json_row(const advise_job *job, coco_buffer *out, size_t row) {
  coco_buffer_text(out, "    {\"layers\": [");
  bool first = true;
  for (size_t i = row; i < job->row_count; ++i) {
    if (job->rows[i].group != row) continue;
    if (!first) coco_buffer_text(out, ", ");
    first = false;
    coco_put_json_text(out, job->rows[i].name);
  }
  coco_buffer_text(out, "], \"shape\": ");
  coco_put_json_text(out, coco_string_from(shape_of(job, row)));
  coco_buffer_text(out, ", \"ways\": [\n");
  for (size_t way = 0; way < ADVISE_WAYS; ++way) {
    const advise_cell cell = advise_cell_of(job, way, row);
    const char *reason = row < job->row_count ? advise_reason_of(job, way, row) : NULL;
    coco_buffer_text(out, "      {");
    put_json_cell(out, way, &cell);
    coco_buffer_text(out, ", \"kind\": ");
    coco_put_json_text(out, coco_string_from(cell.call ? cell.call->kind : ""));
    if (cell.call && *cell.call->reason) {
      coco_buffer_text(out, ", \"why\": ");
      coco_put_json_text(out, coco_string_from(cell.call->reason));
    }
    if (reason) {
      coco_buffer_text(out, ", \"not_pruned\": ");
      coco_put_json_text(out, coco_string_from(reason));
    }
    coco_buffer_text(out, way + 1 < ADVISE_WAYS ? "},\n" : "}\n");
  }
  coco_buffer_text(out, "    ]}");
}

static void put_json_way(const advise_job *job, coco_buffer *out, size_t way) {
  const advise_cell cell = advise_network_cell(job, way);
  coco_buffer_text(out, "    {");
  put_json_cell(out, way, &cell);
  coco_buffer_text(out, ", \"options\": ");
  coco_put_json_text(out, coco_string_from(advise_ways[way].options));
  coco_buffer_format(out, ", \"measured\": %s, \"prunes\": %s}", job->results[way].measured ? "true" : "false",
                     job->results[way].nothing ? "false" : "true");
}

void advise_put_json(const advise_job *job, coco_buffer *out) {
  coco_buffer_text(out, "{\n  \"format\": \"coco-advice\",\n  \"version\": 1,\n  \"model\": ");
  coco_put_json_text(out, coco_string_from(model_name(job)));
  coco_buffer_format(
      out, ",\n  \"target\": \"%s\",\n  \"variant\": \"%s\",\n  \"measured\": %s,\n  \"dense_ms\": %.6f,\n",
      job->options->compile.target->name, job->variant->name, job->network ? "true" : "false", dense_ms(job));
  coco_buffer_text(
      out, "  \"accuracy\": \"not predicted: weights were pruned in one shot, without training\",\n  \"network\": [\n");
  for (size_t way = 0; way < ADVISE_WAYS; ++way) {
    put_json_way(job, out, way);
    coco_buffer_text(out, way + 1 < ADVISE_WAYS ? ",\n" : "\n");
  }
  coco_buffer_text(out, "  ],\n  \"rows\": [\n");
  for (size_t row = 0; row <= job->row_count; ++row) {
    if (!is_group(job, row)) continue;
    if (row > 0) coco_buffer_text(out, ",\n");
    put_json_row(job, out, row);
  }
  coco_buffer_text(out, "\n  ]\n}\n");
}
