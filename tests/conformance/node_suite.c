/* node-suite: every case of ONNX's node suite on one target, in few processes.
 *
 * A case passes when shapes, types and elements agree: floats within rtol 1e-3 and atol 1e-7 (the tolerances of ONNX's own
 * runner), everything else exactly. It is unsupported when it is refused with a diagnostic before anything runs, and failed else.
 * What a compiler must know beforehand, the inputs that shapes depend on, is frozen to the case's values, but only where
 * the case is refused without. Each worker runs its share of the cases in one process; one that dies costs the case it was at. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/conformance/node_suite.h"

enum { MAXIMUM_CASES = 4096, MAXIMUM_WORKERS = 64, CASE_SECONDS = 60 };

typedef struct case_entry {
  char *name, *line; /* what the worker said: outcome, ulp, frozen, operators, message, with tabs between */
} case_entry;

typedef struct suite {
  suite_options options;
  case_entry *cases;
  size_t count;
} suite;

/* ---- The cases ---- */

static int compare_cases(const void *left, const void *right) { return strcmp(((const case_entry *)left)->name, ((const case_entry *)right)->name); }

static bool list_cases(suite *s) {
  DIR *folder = opendir(s->options.folder);
  s->cases = calloc(MAXIMUM_CASES, sizeof *s->cases);
  if (!folder || !s->cases) {
    fprintf(stderr, "node-suite: cannot open the folder '%s'\n", s->options.folder);
    if (folder) closedir(folder);
    return false;
  }
  for (struct dirent *entry = readdir(folder); entry && s->count < MAXIMUM_CASES; entry = readdir(folder)) {
    if (strncmp(entry->d_name, "test_", 5) != 0 || (s->options.only && !strstr(entry->d_name, s->options.only))) continue;
    s->cases[s->count].name = strdup(entry->d_name);
    if (s->cases[s->count].name) ++s->count;
  }
  closedir(folder);
  qsort(s->cases, s->count, sizeof *s->cases, compare_cases);
  return true;
}

/* ---- Workers ---- */

typedef struct worker {
  pid_t process;
  FILE *lines;
  size_t next, stride; /* cases next, next + stride, … are left to do */
} worker;

static const char *const outcomes[] = {"passed", "failed", "unsupported"};

/* Tabs and newlines are ours. */
static void put_text(FILE *out, const char *text) {
  for (; *text; ++text) fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text, out);
}

static void work(const suite *s, const worker *w, FILE *out) {
  int nothing = open("/dev/null", O_WRONLY);
  if (nothing >= 0 && !s->options.verbose) dup2(nothing, STDERR_FILENO);
  for (size_t i = w->next; i < s->count; i += w->stride) {
    suite_result result = {.outcome = SUITE_FAILED};
    alarm(CASE_SECONDS);
    suite_run_case(&s->options, s->cases[i].name, &result);
    alarm(0);
    fprintf(out, "%s\t%.0f\t%d\t", outcomes[result.outcome], result.ulp, result.frozen ? 1 : 0);
    put_text(out, result.operators);
    fputc('\t', out);
    put_text(out, result.message);
    fputc('\n', out);
    fflush(out);
  }
}

static bool start(const suite *s, worker *w) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  fflush(NULL);
  w->process = fork();
  if (w->process == 0) {
    close(ends[0]);
    FILE *out = fdopen(ends[1], "w");
    if (out) work(s, w, out);
    fflush(NULL);
    _exit(out ? 0 : 1);
  }
  close(ends[1]);
  w->lines = fdopen(ends[0], "r");
  return w->process > 0 && w->lines;
}

/* The worker has said all it will say: the case that it was at takes the blame when there is one. */
static bool end(suite *s, worker *w) {
  int status = 0;
  fclose(w->lines);
  w->lines = NULL;
  if (waitpid(w->process, &status, 0) != w->process || w->next >= s->count) return true;
  char text[128];
  snprintf(text, sizeof text, "failed\t0\t0\t\tthe process ended: %s", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit");
  s->cases[w->next].line = strdup(text);
  w->next += w->stride;
  return w->next >= s->count || start(s, w);
}

/* One line of a worker, or its end. */
static bool receive(suite *s, worker *w) {
  char *line = NULL;
  size_t capacity = 0;
  ssize_t size = getline(&line, &capacity, w->lines);
  if (size <= 0 || line[size - 1] != '\n' || w->next >= s->count) {
    free(line);
    return end(s, w);
  }
  line[size - 1] = '\0';
  s->cases[w->next].line = line;
  w->next += w->stride;
  return true;
}

static bool run_cases(suite *s) {
  worker workers[MAXIMUM_WORKERS] = {{0}};
  size_t count = (size_t)s->options.jobs, active;
  for (size_t i = 0; i < count; ++i) {
    workers[i] = (worker){.next = i, .stride = count};
    if (i < s->count && !start(s, &workers[i])) return false;
    if (workers[i].lines) setvbuf(workers[i].lines, NULL, _IONBF, 0);
  }
  do {
    struct pollfd ready[MAXIMUM_WORKERS];
    active = 0;
    for (size_t i = 0; i < count; ++i) {
      ready[i] = (struct pollfd){.fd = workers[i].lines ? fileno(workers[i].lines) : -1, .events = POLLIN};
      active += workers[i].lines != NULL;
    }
    if (active && poll(ready, count, -1) < 0 && errno != EINTR) return false;
    for (size_t i = 0; i < count; ++i)
      if (workers[i].lines && ready[i].revents && !receive(s, &workers[i])) return false;
  } while (active);
  return true;
}

/* ---- Results ---- */

static void put_json_text(FILE *out, const char *text) {
  fputc('"', out);
  for (; *text; ++text) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\') fprintf(out, "\\%c", c);
    else if (c < 0x20) fprintf(out, "\\u%04x", c);
    else fputc(c, out);
  }
  fputc('"', out);
}

/* Cuts LINE at its tabs. */
static void split(char *line, char *fields[5]) {
  static char nothing[] = "";
  for (size_t i = 0; i < 5; ++i) {
    char *tab = line && i < 4 ? strchr(line, '\t') : NULL;
    fields[i] = line ? line : nothing;
    line = tab ? tab + 1 : NULL;
    if (tab) *tab = '\0';
  }
}

static bool report(suite *s) {
  FILE *json = s->options.json ? fopen(s->options.json, "w") : NULL;
  size_t counts[3] = {0};
  if (s->options.json && !json) fprintf(stderr, "node-suite: cannot write '%s'\n", s->options.json);
  if (json) fprintf(json, "[");
  for (size_t i = 0; i < s->count; ++i) {
    char *fields[5];
    split(s->cases[i].line, fields);
    size_t outcome = strcmp(fields[0], "passed") == 0 ? 0 : strcmp(fields[0], "unsupported") == 0 ? 2 : 1;
    ++counts[outcome];
    if (outcome == 1 || s->options.verbose) printf("%-11s %s: %s\n", outcomes[outcome], s->cases[i].name, fields[4]);
    if (!json) continue;
    fprintf(json, "%s\n {\"case\": \"%s\", \"outcome\": \"%s\", \"ulp\": %s, \"frozen\": %s, \"operators\": ", i ? "," : "", s->cases[i].name, outcomes[outcome],
            *fields[1] ? fields[1] : "0", *fields[2] == '1' ? "true" : "false");
    put_json_text(json, fields[3]);
    fprintf(json, ", \"message\": ");
    put_json_text(json, fields[4]);
    fprintf(json, "}");
  }
  if (json) fprintf(json, "\n]\n");
  bool written = !s->options.json || (json && fclose(json) == 0);
  printf("node suite on %s: %zu passed, %zu failed, %zu unsupported\n", s->options.target, counts[0], counts[1], counts[2]);
  return written && counts[1] == 0;
}

static coco_tool_parsed parse_command_line(suite_options *o, int argc, char **argv) {
  coco_tool_texts *inputs = &o->inputs;
  const coco_tool_option rows[] = {
      {"target", COCO_TOOL_TEXT, "NAME", "interpreter (the default), host, or a target that has an emulator.", &o->target},
      {"variant", COCO_TOOL_TEXT, "NAME", "Only this variant of the target.", &o->variant},
      {"only", COCO_TOOL_TEXT, "TEXT", "Only cases with TEXT in their name.", &o->only},
      {"jobs", COCO_TOOL_INTEGER, "N", "Processes (default 2).", &o->jobs},
      {"json", COCO_TOOL_TEXT, "FILE", "Write every case's result.", &o->json},
      {"verbose", COCO_TOOL_FLAG, NULL, "Print every case.", &o->verbose},
  };
  const coco_tool_usage usage = {.name = "node-suite",
                                 .summary = "Runs the cases of ONNX's node suite: each a folder with model.onnx and test_data_set_*.",
                                 .usage = "[options] FOLDER",
                                 .options = rows,
                                 .option_count = sizeof rows / sizeof *rows,
                                 .inputs = inputs,
                                 .maximum_inputs = 1};
  return coco_tool_parse_options(&usage, argc, argv);
}

int main(int argc, char **argv) {
  suite s = {.options = {.target = "interpreter", .jobs = 2}};
  switch (parse_command_line(&s.options, argc, argv)) {
    case COCO_TOOL_DONE: return 0;
    case COCO_TOOL_MISUSED: return 1;
    default: break;
  }
  if (!s.options.inputs.count || s.options.jobs < 1 || s.options.jobs > MAXIMUM_WORKERS) {
    fprintf(stderr, "node-suite: expected a folder, and 1 to %d jobs\n", MAXIMUM_WORKERS);
    return 1;
  }
  s.options.folder = s.options.inputs.items[0];
  bool good = list_cases(&s) && run_cases(&s) && report(&s);
  for (size_t i = 0; i < s.count; ++i) {
    free(s.cases[i].name);
    free(s.cases[i].line);
  }
  free(s.cases);
  return good ? 0 : 1;
}
