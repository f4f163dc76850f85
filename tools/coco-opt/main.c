/* coco-opt: reads MLIR text, runs passes on it, writes MLIR text. */
#include <stdio.h>

#include "tools/coco-opt/opt.h"

/* ---- Chunks ---- */

/* MARKER alone in its line. */
static bool is_split_marker(coco_string line, coco_string marker) {
  while (line.size > marker.size && strchr(" \t\r", line.data[line.size - 1])) --line.size;
  return coco_string_equal(line, marker);
}

/* The end of the chunk at START, and where the next one starts (the text's size: none). */
static size_t chunk_end(coco_string text, coco_string marker, size_t start, size_t *out_next) {
  for (size_t at = start; at < text.size;) {
    coco_string line = {text.data + at, text.size - at};
    const char *newline = memchr(line.data, '\n', line.size);
    size_t after = newline ? (size_t)(newline - text.data) + 1 : text.size;
    if (newline) line.size = (size_t)(newline - line.data);
    if (is_split_marker(line, marker)) {
      *out_next = after;
      return at;
    }
    at = after;
  }
  *out_next = text.size;
  return text.size;
}

/* Empty lines stand for what is before a chunk, so that its locations are the file's. */
static coco_status process_chunk(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                                 size_t start, size_t end, coco_buffer *out) {
  coco_buffer padded = COCO_BUFFER(&coco_heap);
  for (size_t i = 0; i < start; ++i)
    if (text.data[i] == '\n') coco_buffer_byte(&padded, '\n');
  coco_buffer_append(&padded, text.data + start, end - start);
  coco_status status = padded.status;
  if (status == COCO_OK) status = opt_process(tool, options, file, coco_buffer_view(&padded), out);
  coco_buffer_free(&padded);
  return status;
}

static coco_status process_chunks(const coco_tool *tool, const opt_options *options, coco_string file, coco_string text,
                                  coco_buffer *out) {
  coco_status result = COCO_OK;
  coco_string marker = coco_string_from(*options->split ? options->split : "// -----");
  for (size_t start = 0, next; start <= text.size; start = next) {
    size_t end = chunk_end(text, marker, start, &next);
    if (start) coco_buffer_format(out, "%s\n", options->output_marker ? options->output_marker : "// -----");
    coco_status status = process_chunk(tool, options, file, text, start, end, out);
    if (status != COCO_OK && status != COCO_REPORTED) return status;
    if (status != COCO_OK) result = status;
    if (end == text.size) break;
  }
  return result;
}

static coco_status process_file(coco_tool *tool, opt_options *options) {
  const char *path = options->inputs.count ? options->inputs.items[0] : "-";
  coco_string text, file = strcmp(path, "-") == 0 ? COCO_STRING("<stdin>") : coco_string_from(path);
  if (options->passes.status != COCO_OK) return options->passes.status;
  COCO_TRY(coco_tool_read_text(tool, path, &text));
  coco_buffer out = COCO_BUFFER(&coco_heap);
  coco_status status =
      options->split ? process_chunks(tool, options, file, text, &out) : opt_process(tool, options, file, text, &out);
  if (status == COCO_OK) status = out.status;
  if (status == COCO_OK)
    status = coco_tool_write(tool, options->output ? options->output : "-", coco_buffer_view(&out));
  coco_buffer_free(&out);
  return status;
}

static coco_status run(coco_tool *tool, opt_options *options) {
  if (options->list_passes) {
    opt_list_passes();
    return COCO_OK;
  }
  if (options->pass_docs) {
    opt_print_pass_docs();
    return COCO_OK;
  }
  if (options->show_dialects) {
    opt_show_dialects(tool->context);
    return COCO_OK;
  }
  if (options->list_ops) {
    opt_list_operations(tool->context, options->json);
    return COCO_OK;
  }
  if (options->op_docs) return opt_print_op_docs(tool, options->op_docs);
  return process_file(tool, options);
}

int main(int argc, char **argv) {
  opt_options options = {.verify_each = true,
                         .show_operations = true,
                         .elide_resources = -1,
                         .timing_display = OPT_TREE,
                         .statistics_display = OPT_TREE,
                         .verbosity = 2,
                         .passes = COCO_BUFFER(&coco_heap)};
  int exit_status;
  if (opt_parse_command_line(&options, argc, argv, &exit_status)) {
    coco_tool tool;
    coco_status status = coco_tool_start(&tool, "coco-opt");
    if (status == COCO_OK) status = run(&tool, &options);
    exit_status = coco_tool_finish(&tool, status);
  }
  coco_buffer_free(&options.passes);
  return exit_status;
}
