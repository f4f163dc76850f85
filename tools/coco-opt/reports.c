/* Reports on a run: times and statistics of passes, as lists or in the pipeline's order, as text or as JSON.
 *
 * A list joins the rows of one name; in the pipeline's order nothing is joined. Times in a list are sorted,
 * longest first; statistics by the passes' names: (S) what a pass counted, (P) how often it applied a pattern. */
#include "tools/coco-opt/reports.h"

#include <stdio.h>
#include <stdlib.h>

#include "tools/common/escape.h"

typedef struct row {
  char name[96];
  size_t depth, order;
  uint64_t nanoseconds;
  const coco_pass_report *report; /* NULL: not a step of the pipeline */
  uint64_t *statistics;
} row;

typedef struct rows {
  COCO_VECTOR_OF(row) list;
  COCO_VECTOR_OF(coco_pass_report) reports;
  coco_status status;
} rows;

/* ---- Gathering ---- */

static void keep_report(void *user, const coco_pass_report *report) {
  rows *r = user;
  if (r->status == COCO_OK) r->status = coco_vector_push(&coco_heap, &r->reports, *report);
}

static void add(rows *r, const char *name, size_t depth, uint64_t nanoseconds, const coco_pass_report *report) {
  row added = {.depth = depth, .order = r->list.count, .nanoseconds = nanoseconds, .report = report};
  snprintf(added.name, sizeof added.name, "%s", name);
  if (r->status == COCO_OK) r->status = coco_vector_push(&coco_heap, &r->list, added);
}

static void gather(rows *r, const coco_pass_manager *manager) {
  if (manager) coco_pass_manager_report(manager, keep_report, r);
  for (size_t i = 0; i < r->reports.count; ++i) {
    const coco_pass_report *report = &r->reports.items[i];
    char name[96];
    if (report->pass)
      snprintf(name, sizeof name, "%s", report->pass->name);
    else
      snprintf(name, sizeof name, "'%.*s' Pipeline", COCO_PRINT(report->anchor));
    add(r, name, report->depth, report->nanoseconds, report);
  }
}

static void release(rows *r) {
  for (size_t i = 0; i < r->list.count; ++i) free(r->list.items[i].statistics);
  coco_vector_free(&coco_heap, &r->list);
  coco_vector_free(&coco_heap, &r->reports);
}

/* Adds the statistics of FROM to those of TO, which has a copy of its own. */
static coco_status join_statistics(row *to, const row *from) {
  size_t count = to->report && to->report->pass ? to->report->pass->statistic_count : 0;
  if (!count) return COCO_OK;
  if (!to->statistics) {
    to->statistics = malloc(count * sizeof *to->statistics);
    if (!to->statistics) return COCO_OUT_OF_MEMORY;
    memcpy(to->statistics, to->report->statistics, count * sizeof *to->statistics);
  }
  for (size_t i = 0; i < count; ++i) to->statistics[i] += from->report->statistics[i];
  return COCO_OK;
}

/* One row for each name, without depth; a nested pipeline's time is that of its passes, so it has none. */
static void flatten(rows *r) {
  size_t kept = 0;
  for (size_t i = 0; i < r->list.count; ++i) {
    row *at = &r->list.items[i];
    if (at->report && !at->report->pass) continue;
    at->depth = 0;
    size_t same = 0;
    while (same < kept && strcmp(r->list.items[same].name, at->name) != 0) ++same;
    if (same == kept) {
      r->list.items[kept++] = *at;
      continue;
    }
    r->list.items[same].nanoseconds += at->nanoseconds;
    if (r->status == COCO_OK) r->status = join_statistics(&r->list.items[same], at);
  }
  r->list.count = kept;
}

static int by_time(const void *a, const void *b) {
  const row *left = a, *right = b;
  if (left->nanoseconds != right->nanoseconds) return left->nanoseconds < right->nanoseconds ? 1 : -1;
  return left->order < right->order ? -1 : left->order > right->order;
}

static int by_name(const void *a, const void *b) { return strcmp(((const row *)a)->name, ((const row *)b)->name); }

static void sort(rows *r, int (*compare)(const void *, const void *)) {
  if (r->list.count) qsort(r->list.items, r->list.count, sizeof *r->list.items, compare);
}

static void print_title(coco_buffer *out, const char *title) {
  static const char rule[] = "===-------------------------------------------------------------------------===\n";
  coco_buffer_text(out, rule);
  coco_buffer_format(out, "                         ... %s ...\n", title);
  coco_buffer_text(out, rule);
}

/* ---- Times ---- */

static double percentage(uint64_t part, uint64_t total) { return total ? 100.0 * (double)part / (double)total : 0; }

static void print_times_text(const rows *r, uint64_t total, coco_buffer *out) {
  print_title(out, "Execution time report");
  coco_buffer_format(out, "  Total Execution Time: %.4f seconds\n\n  ----Wall Time----  ----Name----\n",
                     (double)total * 1e-9);
  for (size_t i = 0; i < r->list.count; ++i) {
    const row *at = &r->list.items[i];
    coco_buffer_format(out, "  %8.4f (%5.1f%%)  ", (double)at->nanoseconds * 1e-9, percentage(at->nanoseconds, total));
    coco_buffer_indent(out, 2 * at->depth);
    coco_buffer_format(out, "%s\n", at->name);
  }
  coco_buffer_format(out, "  %8.4f (100.0%%)  Total\n", (double)total * 1e-9);
}

static void print_time_json(const row *at, uint64_t total, coco_buffer *out) {
  coco_buffer_format(out, "{\"wall\": {\"duration\": %.6f, \"percentage\": %.1f}, \"name\": ",
                     (double)at->nanoseconds * 1e-9, percentage(at->nanoseconds, total));
  coco_put_json_text(out, coco_string_from(at->name));
}

/* The steps of a nested pipeline are its "passes". */
static void print_times_json(const rows *r, uint64_t total, coco_buffer *out) {
  coco_buffer_text(out, "[\n");
  size_t depth = 0;
  for (size_t i = 0; i < r->list.count; ++i) {
    const row *at = &r->list.items[i];
    for (; depth > at->depth; --depth) coco_buffer_text(out, "]}");
    if (i && depth == at->depth && r->list.items[i - 1].depth >= depth) coco_buffer_text(out, ",\n");
    print_time_json(at, total, out);
    bool holds = i + 1 < r->list.count && r->list.items[i + 1].depth > at->depth;
    coco_buffer_text(out, holds ? ", \"passes\": [\n" : "}");
    depth += holds;
  }
  for (; depth; --depth) coco_buffer_text(out, "]}");
  row whole = {.name = "Total", .nanoseconds = total};
  coco_buffer_text(out, r->list.count ? ",\n" : "");
  print_time_json(&whole, total, out);
  coco_buffer_text(out, "}\n]\n");
}

coco_status opt_report_times(const opt_times *times, const coco_pass_manager *manager, opt_display display,
                             opt_format format, coco_buffer *out) {
  rows r = {0};
  add(&r, "Parser", 0, times->parse, NULL);
  add(&r, "Verifier", 0, times->verify, NULL);
  gather(&r, manager);
  add(&r, "Output", 0, times->print, NULL);
  uint64_t inner = 0;
  for (size_t i = 0; i < r.list.count; ++i) inner += r.list.items[i].depth ? 0 : r.list.items[i].nanoseconds;
  add(&r, "Rest", 0, times->total > inner ? times->total - inner : 0, NULL);
  uint64_t total = times->total > inner ? times->total : inner;
  if (display == OPT_LIST) {
    flatten(&r);
    sort(&r, by_time);
  }
  if (format == OPT_JSON)
    print_times_json(&r, total, out);
  else
    print_times_text(&r, total, out);
  coco_status status = r.status;
  release(&r);
  return status;
}

/* ---- Statistics ---- */

/* How often REPORT's pass applied NAME. */
static uint64_t pattern_count(const coco_pass_report *report, const char *name) {
  for (size_t i = 0; i < report->patterns->count; ++i)
    if (strcmp(report->patterns->items[i].name, name) == 0) return report->patterns->items[i].count;
  return 0;
}

/* Patterns by how often AT's pass applied them; JOINED: all steps of that pass together, each pattern where it comes
 * first. */
static void print_patterns(const rows *r, const row *at, bool joined, coco_buffer *out) {
  for (size_t i = 0; at->report->pass && i < r->reports.count; ++i) {
    const coco_pass_report *report = &r->reports.items[i];
    if (joined ? report->pass != at->report->pass : report != at->report) continue;
    for (size_t k = 0; k < report->patterns->count; ++k) {
      const char *name = report->patterns->items[k].name;
      uint64_t total = 0, before = 0;
      for (size_t other = 0; joined && other < r->reports.count; ++other) {
        if (r->reports.items[other].pass != report->pass) continue;
        total += pattern_count(&r->reports.items[other], name);
        if (other < i) before += pattern_count(&r->reports.items[other], name);
      }
      if (before) continue;
      coco_buffer_indent(out, 2 * at->depth);
      coco_buffer_format(out, "  (P) %8llu %s\n",
                         (unsigned long long)(joined ? total : report->patterns->items[k].count), name);
    }
  }
}

coco_status opt_report_statistics(const coco_pass_manager *manager, opt_display display, coco_buffer *out) {
  rows r = {0};
  gather(&r, manager);
  if (display == OPT_LIST) {
    flatten(&r);
    sort(&r, by_name);
  }
  print_title(out, "Pass statistics report");
  for (size_t i = 0; i < r.list.count; ++i) {
    const row *at = &r.list.items[i];
    coco_buffer_indent(out, 2 * at->depth);
    coco_buffer_format(out, "%s\n", at->name);
    const coco_pass_definition *pass = at->report->pass;
    const uint64_t *counts = at->statistics ? at->statistics : at->report->statistics;
    for (size_t k = 0; pass && k < pass->statistic_count; ++k) {
      coco_buffer_indent(out, 2 * at->depth);
      coco_buffer_format(out, "  (S) %8llu %s\n", (unsigned long long)counts[k], pass->statistics[k]);
    }
    print_patterns(&r, at, display == OPT_LIST, out);
  }
  coco_status status = r.status;
  release(&r);
  return status;
}
