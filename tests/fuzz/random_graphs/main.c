/* random_graphs: makes networks at random, runs each at every level and as code, and compares with the reference.
 * A failure is made smaller by itself and printed as a module. Cases run in processes of their own, so that a crash or
 * an endless loop is a failure like any other. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dialects/graph/graph.h"
#include "ir/base/file.h"
#include "ir/printer.h"
#include "tests/fuzz/random_graphs/random_graphs.h"
#include "tools/common/options.h"

enum { CHUNK = 50, MAXIMUM_JOBS = 64, MAXIMUM_NOTES = 64, MAXIMUM_ROWS = 256, SECONDS_FOR_A_CASE = 60, SHRINK_ATTEMPTS = 600 };

typedef struct note {
  char text[160];
  uint32_t count;
} note;

/* What a process and the one that started it share. */
typedef struct slot {
  uint64_t seed;     /* in work */
  uint32_t passed, unsupported, in_patterns;
  verdict verdict;   /* of the case in work */
  size_t text_size;
  char text[CASE_TEXT_CAPACITY];
  bool applied;      /* shrinking: there was such a reduction, and it applied */
  bool exhausted;
  note notes[MAXIMUM_NOTES]; /* what is not supported */
  uint32_t counts[MAXIMUM_ROWS];
} slot;

typedef struct settings {
  int64_t seed, count, operations, jobs, limit;
  const char *target, *keep, *corpus, *print, *file;
  bool coverage, no_shrinking, patterns;
  unsigned targets;
} settings;

typedef struct run_totals {
  uint64_t passed, unsupported, failed, in_patterns;
  note notes[MAXIMUM_NOTES];
  uint32_t counts[MAXIMUM_ROWS];
} run_totals;

static slot *share(void) {
  FILE *file = tmpfile();
  void *memory = MAP_FAILED;
  if (file && ftruncate(fileno(file), sizeof(slot)) == 0)
    memory = mmap(NULL, sizeof(slot), PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
  if (file) fclose(file);
  return memory == MAP_FAILED ? NULL : memory;
}

static void add_note(note *notes, const char *text, uint32_t count) {
  for (size_t i = 0; i < MAXIMUM_NOTES; ++i) {
    if (notes[i].count && strncmp(notes[i].text, text, sizeof notes[i].text - 1) != 0) continue;
    snprintf(notes[i].text, sizeof notes[i].text, "%.*s", (int)sizeof notes[i].text - 1, text);
    notes[i].count += count;
    return;
  }
}

/* ---- In the process of a case ---- */

static bool write_case(slot *of, const settings *with, uint64_t seed) {
  case_session session;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_print_options options = {.inline_resources_up_to = CASE_TEXT_CAPACITY};
  if (!session_start(&session)) return false;
  coco_operation *module = with->patterns ? generate_pattern_module(session.context, seed)
                                          : generate_module(session.context, seed, with->operations, of->counts);
  bool good = module && coco_print_operation(&text, module, &options) == COCO_OK && text.size <= sizeof of->text;
  if (good) memcpy(of->text, text.data, text.size);
  of->text_size = good ? text.size : 0;
  coco_buffer_free(&text);
  if (module) coco_operation_erase(module);
  session_end(&session);
  return good;
}

static void judge(slot *of, unsigned targets) {
  alarm(SECONDS_FOR_A_CASE);
  check_case((coco_string){of->text, of->text_size}, targets, &of->verdict);
  alarm(0);
}

/* Stops at the first failure: the exit status says whether there was one. */
static int work(slot *of, const settings *with, uint64_t end) {
  for (; of->seed < end; ++of->seed) {
    of->verdict = (verdict){.kind = VERDICT_FAILED, .stage = "generator", .message = "no graph was made"};
    of->text_size = 0;
    alarm(SECONDS_FOR_A_CASE);
    if (!write_case(of, with, of->seed)) return 1;
    judge(of, with->targets);
    if (of->verdict.kind == VERDICT_FAILED) return 1;
    of->in_patterns += of->verdict.in_patterns;
    if (of->verdict.kind == VERDICT_PASSED) ++of->passed;
    else ++of->unsupported, add_note(of->notes, of->verdict.message, 1);
  }
  return 0;
}

static pid_t start(slot *of, const settings *with, uint64_t end) {
  fflush(stdout);
  pid_t process = fork();
  if (process == 0) _exit(work(of, with, end));
  return process;
}

/* A process that ended by a signal leaves the stage that it was in. */
static void note_signal(slot *of, int status) {
  of->verdict.kind = VERDICT_FAILED;
  if (WIFSIGNALED(status)) snprintf(of->verdict.message, sizeof of->verdict.message, WTERMSIG(status) == SIGALRM ? "takes too long" : "signal %d", WTERMSIG(status));
  else if (WEXITSTATUS(status) > 1) snprintf(of->verdict.message, sizeof of->verdict.message, "exit status %d", WEXITSTATUS(status));
}

static bool has_failed(int status) { return WIFSIGNALED(status) || WEXITSTATUS(status) != 0; }

/* ---- Shrinking ---- */

/* Tries reduction INDEX of FROM: the new text and its verdict are left in TO. */
static bool try_reduction(slot *from, slot *to, size_t index, unsigned targets) {
  int status;
  to->applied = to->exhausted = false;
  fflush(stdout);
  pid_t process = fork();
  if (process == 0) {
    coco_buffer text = COCO_BUFFER(&coco_heap);
    alarm(SECONDS_FOR_A_CASE);
    to->exhausted = !shrink_step((coco_string){from->text, from->text_size}, index, &text);
    if (!text.size || text.size > sizeof to->text) _exit(0);
    memcpy(to->text, text.data, text.size);
    to->text_size = text.size;
    to->applied = true;
    judge(to, targets);
    _exit(to->verdict.kind == VERDICT_FAILED);
  }
  if (process < 0 || waitpid(process, &status, 0) != process) return false;
  if (!to->applied || !has_failed(status)) return false;
  note_signal(to, status);
  return strcmp(to->verdict.stage, from->verdict.stage) == 0;
}

static void shrink(slot *of, unsigned targets) {
  static slot *other;
  if (!other) other = share();
  if (!other || !of->text_size) return;
  for (size_t index = 0, attempt = 0; attempt < SHRINK_ATTEMPTS; ++attempt) {
    if (try_reduction(of, other, index, targets)) {
      memcpy(of->text, other->text, other->text_size);
      of->text_size = other->text_size;
      of->verdict = other->verdict;
      continue; /* what follows has moved up by one */
    }
    if (other->exhausted && index == 0) return;
    if (other->exhausted) {
      if (attempt + 1 >= SHRINK_ATTEMPTS || !other->exhausted) return;
      /* Once more from the start, for as long as that helps. */
      size_t before = of->text_size;
      bool helped = false;
      for (size_t again = 0; attempt < SHRINK_ATTEMPTS; ++attempt) {
        bool smaller = try_reduction(of, other, again, targets);
        if (!smaller && other->exhausted) break;
        if (smaller) {
          memcpy(of->text, other->text, other->text_size);
          of->text_size = other->text_size;
          of->verdict = other->verdict;
          helped = true;
        } else {
          ++again;
        }
      }
      if (!helped || of->text_size >= before) return;
      index = 0;
      continue;
    }
    ++index;
  }
}

/* ---- Reports ---- */

static void write_kept(const slot *of, const settings *with, const char *name) {
  char path[1024], head[64 + CASE_MESSAGE_CAPACITY];
  if (!with->keep || (mkdir(with->keep, 0777) != 0 && errno != EEXIST)) return;
  snprintf(path, sizeof path, "%s/%s.mlir", with->keep, name);
  snprintf(head, sizeof head, "// %s: %s\n", of->verdict.stage, of->verdict.message);
  for (char *at = head; *at; ++at)
    if (*at == '\n' && at[1]) *at = ' ';
  const coco_string parts[] = {coco_string_from(head), {of->text, of->text_size}};
  if (coco_file_write(path, parts, 2, NULL) != COCO_OK) fprintf(stderr, "random_graphs: cannot write '%s'\n", path);
}

static void report(slot *of, const settings *with, const char *name) {
  printf("FAILED: %s: %s: %s\n", name, of->verdict.stage, of->verdict.message);
  fflush(stdout);
  if (!with->no_shrinking) {
    shrink(of, with->targets);
    printf("  made smaller: %s: %s\n", of->verdict.stage, of->verdict.message);
  }
  printf("%.*s\n", (int)of->text_size, of->text);
  write_kept(of, with, name);
}

static void take(run_totals *out, const slot *of) {
  out->passed += of->passed;
  out->unsupported += of->unsupported;
  out->in_patterns += of->in_patterns;
  for (size_t i = 0; i < MAXIMUM_NOTES; ++i)
    if (of->notes[i].count) add_note(out->notes, of->notes[i].text, of->notes[i].count);
  for (size_t i = 0; i < MAXIMUM_ROWS; ++i) out->counts[i] += of->counts[i];
}

/* ---- Seeds ---- */

typedef struct worker {
  slot *slot;
  pid_t process; /* 0: idle */
  uint64_t end;
} worker;

static bool run_seeds(const settings *with, run_totals *out) {
  worker workers[MAXIMUM_JOBS] = {{0}};
  uint64_t next = (uint64_t)with->seed, end = next + (uint64_t)with->count;
  size_t busy = 0;
  for (int64_t i = 0; i < with->jobs; ++i)
    if (!(workers[i].slot = share())) return false;
  for (;;) {
    for (int64_t i = 0; i < with->jobs && out->failed < (uint64_t)with->limit; ++i) {
      worker *at = &workers[i];
      if (at->process || (at->slot->seed >= at->end && next >= end)) continue;
      if (at->slot->seed >= at->end) {
        at->slot->seed = next;
        at->end = next + CHUNK < end ? next + CHUNK : end;
        next = at->end;
      }
      at->process = start(at->slot, with, at->end);
      if (at->process < 0) return false;
      ++busy;
    }
    if (!busy) break;
    int status;
    pid_t process = wait(&status);
    for (int64_t i = 0; i < with->jobs; ++i) {
      worker *at = &workers[i];
      if (at->process != process) continue;
      at->process = 0;
      --busy;
      if (!has_failed(status)) break;
      char name[40];
      note_signal(at->slot, status);
      snprintf(name, sizeof name, "seed-%llu", (unsigned long long)at->slot->seed++);
      ++out->failed;
      report(at->slot, with, name);
    }
  }
  for (int64_t i = 0; i < with->jobs; ++i) take(out, workers[i].slot);
  return true;
}

/* ---- Files ---- */

static bool run_file(const settings *with, const char *path, run_totals *out) {
  static slot *of;
  coco_file file;
  int status;
  if (!of) of = share();
  if (!of || coco_file_open(&coco_heap, path, &file, NULL) != COCO_OK || file.size > sizeof of->text) {
    fprintf(stderr, "random_graphs: cannot read '%s'\n", path);
    return false;
  }
  memcpy(of->text, file.data, file.size);
  of->text_size = file.size;
  coco_file_close(&file);
  fflush(stdout);
  pid_t process = fork();
  if (process == 0) {
    judge(of, with->targets);
    _exit(of->verdict.kind == VERDICT_FAILED);
  }
  if (process < 0 || waitpid(process, &status, 0) != process) return false;
  if (has_failed(status)) {
    const char *slash = strrchr(path, '/');
    char name[256];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(slash ? slash + 1 : path, "."), slash ? slash + 1 : path);
    note_signal(of, status);
    ++out->failed;
    report(of, with, name);
  } else if (of->verdict.kind == VERDICT_UNSUPPORTED) {
    ++out->unsupported;
    add_note(out->notes, of->verdict.message, 1);
  } else {
    ++out->passed;
  }
  return true;
}

static int is_case(const struct dirent *entry) {
  size_t size = strlen(entry->d_name);
  return size > 5 && strcmp(entry->d_name + size - 5, ".mlir") == 0;
}

static bool run_corpus(const settings *with, run_totals *out) {
  struct dirent **entries = NULL;
  int count = scandir(with->corpus, &entries, is_case, alphasort);
  bool good = count >= 0;
  if (!good) fprintf(stderr, "random_graphs: cannot read the folder '%s'\n", with->corpus);
  for (int i = 0; i < count; ++i) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", with->corpus, entries[i]->d_name);
    good = run_file(with, path, out) && good;
    free(entries[i]);
  }
  free(entries);
  return good;
}

/* ---- The command line ---- */

static bool choose_targets(settings *with) {
  static const struct {
    const char *name;
    unsigned targets;
  } rows[] = {{"loops", CHECK_TEXT | CHECK_ONNX | CHECK_LEVELS | CHECK_LOOPS},
              {"host", CHECK_HOST},
              {"arm64", CHECK_ARM64},
              {"default", CHECK_TEXT | CHECK_ONNX | CHECK_LEVELS | CHECK_LOOPS | CHECK_HOST},
              {"all", CHECK_TEXT | CHECK_ONNX | CHECK_LEVELS | CHECK_LOOPS | CHECK_HOST | CHECK_ARM64}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
    if (strcmp(with->target, rows[i].name) == 0) with->targets = rows[i].targets;
  if (!with->targets) fprintf(stderr, "random_graphs: --target=%s: expected loops, host, arm64, default or all\n", with->target);
  /* ONNX has no patterns. */
  if (with->patterns) with->targets = (with->targets & ~(unsigned)CHECK_ONNX) | CHECK_PATTERNS;
  return with->targets != 0;
}

static coco_tool_parsed parse(settings *with, int argc, char **argv) {
  const coco_tool_option rows[] = {
      {"seed", COCO_TOOL_INTEGER, "N", "The first seed (default 1).", &with->seed},
      {"count", COCO_TOOL_INTEGER, "N", "How many graphs (default 100; 0 with --corpus or --case).", &with->count},
      {"target", COCO_TOOL_TEXT, "NAME", "loops: text, ONNX and every level interpreted; host; arm64; default: loops and host; all.", &with->target},
      {"operations", COCO_TOOL_INTEGER, "N", "The largest number of operations (default 12).", &with->operations},
      {"patterns", COCO_TOOL_FLAG, NULL, "Single layers with patterns: against dense ones, and code to the bit.", &with->patterns},
      {"jobs", COCO_TOOL_INTEGER, "N", "Processes at once (default 1).", &with->jobs},
      {"max-failures", COCO_TOOL_INTEGER, "N", "Stop after so many (default 20).", &with->limit},
      {"no-shrinking", COCO_TOOL_FLAG, NULL, "Print failures as they were found.", &with->no_shrinking},
      {"keep", COCO_TOOL_TEXT, "DIR", "Write the cases that fail to DIR.", &with->keep},
      {"corpus", COCO_TOOL_TEXT, "DIR", "Run the cases of DIR too.", &with->corpus},
      {"case", COCO_TOOL_TEXT, "FILE", "Run this case too.", &with->file},
      {"coverage", COCO_TOOL_FLAG, NULL, "Print how often each operation was made.", &with->coverage},
      {"print", COCO_TOOL_TEXT, "SEED", "Print the graph of SEED and do nothing else.", &with->print},
  };
  const coco_tool_usage usage = {.name = "random_graphs",
                                 .summary = "Makes networks at random and compares every level of the compiler with the reference.",
                                 .usage = "[options]",
                                 .options = rows,
                                 .option_count = sizeof rows / sizeof *rows};
  return coco_tool_parse_options(&usage, argc, argv);
}

static int print_case(const settings *with) {
  slot *of = share();
  if (!of || !write_case(of, with, strtoull(with->print, NULL, 10))) return 1;
  fwrite(of->text, 1, of->text_size, stdout);
  return 0;
}

static void print_totals(const settings *with, const run_totals *of) {
  for (size_t i = 0; i < MAXIMUM_NOTES && of->notes[i].count; ++i) printf("unsupported, %u times: %s\n", of->notes[i].count, of->notes[i].text);
  for (size_t i = 0; with->coverage && i < coco_graph_dialect.operation_count && i < MAXIMUM_ROWS; ++i)
    printf("%8u %s\n", of->counts[i], coco_graph_dialect.operations[i]->name);
  if (with->patterns) printf("code for patterns in %llu of them\n", (unsigned long long)of->in_patterns);
  printf("random graphs: %llu passed, %llu failed, %llu unsupported\n", (unsigned long long)of->passed, (unsigned long long)of->failed,
         (unsigned long long)of->unsupported);
}

int main(int argc, char **argv) {
  settings with = {.seed = 1, .count = -1, .operations = 12, .jobs = 1, .limit = 20, .target = "default"};
  static run_totals totals;
  coco_tool_parsed parsed = parse(&with, argc, argv);
  if (parsed != COCO_TOOL_GO_ON) return parsed == COCO_TOOL_DONE ? 0 : 1;
  if (!choose_targets(&with)) return 1;
  if (with.count < 0) with.count = with.corpus || with.file ? 0 : 100;
  if (with.jobs < 1 || with.jobs > MAXIMUM_JOBS || with.operations < 1 || with.operations > 100) {
    fprintf(stderr, "random_graphs: expected --jobs from 1 to %d and --operations from 1 to 100\n", MAXIMUM_JOBS);
    return 1;
  }
  if (with.print) return print_case(&with);
  bool good = (!with.corpus || run_corpus(&with, &totals)) && (!with.file || run_file(&with, with.file, &totals));
  good = good && (!with.count || run_seeds(&with, &totals));
  print_totals(&with, &totals);
  return good && !totals.failed ? 0 : 1;
}
