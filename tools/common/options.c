/* Parsing of command lines and printing of --help: see options.h. */
#include "tools/common/options.h"

#include <stdio.h>
#include <string.h>

#include "ir/base/text.h"
#include "tools/common/option_pages.h"

bool coco_tool_next_name(const char **names, coco_string *out) {
  if (!**names) return false;
  *out = (coco_string){*names, strcspn(*names, "|")};
  *names += out->size + ((*names)[out->size] == '|');
  return true;
}

static bool has_name(const coco_tool_option *option, coco_string name) {
  if (option->kind == COCO_TOOL_HEADING) return false;
  coco_string candidate, mlir = COCO_STRING("mlir-"), coco = COCO_STRING("coco-");
  for (const char *names = option->name; coco_tool_next_name(&names, &candidate);) {
    if (coco_string_equal(candidate, name)) return true;
    if (coco_string_starts_with(candidate, mlir) && coco_string_starts_with(name, coco) &&
        coco_string_equal((coco_string){candidate.data + mlir.size, candidate.size - mlir.size},
                          (coco_string){name.data + coco.size, name.size - coco.size}))
      return true;
  }
  return false;
}

static const coco_tool_option *find_option(const coco_tool_usage *usage, coco_string name) {
  for (size_t i = 0; i < usage->option_count; ++i)
    if (has_name(&usage->options[i], name)) return &usage->options[i];
  return NULL;
}

/* Whether its value may be left out, and is never the next argument. */
static bool has_maybe_value(const coco_tool_option *option) {
  return option->kind == COCO_TOOL_MAYBE_TEXT || option->kind == COCO_TOOL_MAYBE_TEXTS;
}

/* ---- Help ---- */

enum { HELP_COLUMN = 36 };

static void print_wrapped(const char *text, size_t column) {
  enum { WIDTH = 100 };
  size_t used = column;
  bool first = true;
  while (*text) {
    size_t word = strcspn(text, " \n");
    if (!first && used + 1 + word > WIDTH) {
      printf("\n%*s", (int)column, "");
      used = column;
      first = true;
    }
    printf("%s%.*s", first ? "" : " ", (int)word, text);
    used += word + !first;
    first = false;
    text += word;
    if (*text == '\n') {
      printf("\n%*s", (int)column, "");
      used = column;
      first = true;
    }
    if (*text) ++text;
  }
  putchar('\n');
}

static void print_option(const coco_tool_option *option) {
  if (option->kind == COCO_TOOL_HEADING) {
    printf("\n%s:\n", option->help);
    return;
  }
  char left[128];
  size_t used = 0;
  coco_string name;
  for (const char *names = option->name; coco_tool_next_name(&names, &name) && used < sizeof left;)
    used += (size_t)snprintf(left + used, sizeof left - used, "%s%s%.*s", used ? ", " : "  ",
                             name.size == 1 ? "-" : "--", COCO_PRINT(name));
  if (option->argument && used < sizeof left)
    snprintf(left + used, sizeof left - used, has_maybe_value(option) ? "[=%s]" : "=%s", option->argument);
  printf("%-*s", HELP_COLUMN, left);
  if (strlen(left) >= HELP_COLUMN) printf("\n%*s", HELP_COLUMN, "");
  print_wrapped(option->help, HELP_COLUMN);
}

static void print_help(const coco_tool_usage *usage) {
  printf("Usage: %s %s\n\n", usage->name, usage->usage);
  print_wrapped(usage->summary, 0);
  if (usage->option_count == 0 || usage->options[0].kind != COCO_TOOL_HEADING) printf("\nOptions:\n");
  for (size_t i = 0; i < usage->option_count; ++i) print_option(&usage->options[i]);
  printf("\n%-*sThis text; as a manual page, or for the completion of a shell.\n%-*sThe version.\n", HELP_COLUMN,
         "  -h, --help[=man|bash|zsh|fish]", HELP_COLUMN, "  --version");
  if (usage->other_help) usage->other_help(usage->user);
}

/* ---- Mistakes ---- */

static void consider(coco_string given, coco_string candidate, coco_string *best, size_t *best_distance) {
  size_t distance = coco_string_distance(given, candidate, *best_distance);
  if (distance < *best_distance) {
    *best_distance = distance;
    *best = candidate;
  }
}

static coco_tool_parsed report_unknown(const coco_tool_usage *usage, coco_string given) {
  coco_string best = {0}, name;
  size_t distance = 2 + given.size / 3;
  for (size_t i = 0; i < usage->option_count; ++i)
    for (const char *names = usage->options[i].name; names && coco_tool_next_name(&names, &name);)
      consider(given, name, &best, &distance);
  const char *other;
  for (size_t i = 0; usage->other_name && (other = usage->other_name(usage->user, i)) != NULL; ++i)
    consider(given, coco_string_from(other), &best, &distance);
  fprintf(stderr, "%s: unknown option '--%.*s'", usage->name, COCO_PRINT(given));
  if (best.data) fprintf(stderr, "; did you mean '--%.*s'?", COCO_PRINT(best));
  fprintf(stderr, "\nTry '%s --help'.\n", usage->name);
  return COCO_TOOL_MISUSED;
}

/* The name to speak of an option by: its long one, where it has one. */
static coco_string spoken_name(const coco_tool_option *option) {
  coco_string best = {0}, name;
  for (const char *names = option->name; coco_tool_next_name(&names, &name);)
    if (best.size < 2) best = name;
  return best;
}

static coco_tool_parsed report_value(const coco_tool_usage *usage, const coco_tool_option *option, const char *value) {
  const coco_string name = spoken_name(option);
  if (value && option->kind == COCO_TOOL_CHOICE)
    fprintf(stderr, "%s: option '%.*s' takes one of %s, not '%s'\n", usage->name, COCO_PRINT(name), option->argument,
            value);
  else if (value)
    fprintf(stderr, "%s: '%s' is no value for option '%.*s'\n", usage->name, value, COCO_PRINT(name));
  else
    fprintf(stderr, "%s: option '%.*s' needs a value\n", usage->name, COCO_PRINT(name));
  return COCO_TOOL_MISUSED;
}

static coco_tool_parsed report_page(const coco_tool_usage *usage, const char *kind) {
  fprintf(stderr, "%s: option 'help' takes one of man|bash|zsh|fish, not '%s'\n", usage->name, kind);
  return COCO_TOOL_MISUSED;
}

bool coco_tool_flush(const char *name) {
  const bool flushed = fflush(stdout) == 0 && !ferror(stdout); /* a long text may have failed before */
  if (!flushed) fprintf(stderr, "%s: standard output could not be written\n", name);
  return flushed;
}

static coco_tool_parsed end_printing(const coco_tool_usage *usage) {
  return coco_tool_flush(usage->name) ? COCO_TOOL_DONE : COCO_TOOL_MISUSED;
}

/* ---- Parsing ---- */

static bool parse_flag(const char *value, bool *out) {
  *out = !value || strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
  return *out || strcmp(value, "0") == 0 || strcmp(value, "false") == 0;
}

static bool add_text(coco_tool_texts *texts, const char *text) {
  if (texts->count == COCO_TOOL_MAXIMUM_TEXTS) return false;
  texts->items[texts->count++] = text;
  return true;
}

static bool choose(const char *words, const char *value, int64_t *out) {
  coco_string word;
  for (int64_t index = 0; coco_tool_next_name(&words, &word); ++index)
    if (coco_string_is(word, value)) {
      *out = index;
      return true;
    }
  return false;
}

static bool store(const coco_tool_option *option, const char *value) {
  switch (option->kind) {
    case COCO_TOOL_FLAG:
      return parse_flag(value, option->value);
    case COCO_TOOL_INTEGER:
      return coco_string_to_int64(coco_string_from(value), option->value);
    case COCO_TOOL_COUNT:
      return coco_string_to_int64(coco_string_from(value), option->value) && *(int64_t *)option->value >= 0;
    case COCO_TOOL_TEXT:
      *(const char **)option->value = value;
      return true;
    case COCO_TOOL_MAYBE_TEXT:
      *(const char **)option->value = value ? value : "";
      return true;
    case COCO_TOOL_CHOICE:
      return choose(option->argument, value, option->value);
    case COCO_TOOL_TEXTS:
      return add_text(option->value, value);
    case COCO_TOOL_MAYBE_TEXTS:
      return add_text(option->value, value ? value : "");
    case COCO_TOOL_HEADING:
      break;
  }
  return false;
}

static coco_tool_parsed parse_option(const coco_tool_usage *usage, int argc, char **argv, int *index) {
  const char *text = argv[*index] + 1;
  if (*text == '-') ++text;
  coco_string name = {text, strcspn(text, "=")};
  const char *value = text[name.size] ? text + name.size + 1 : NULL;
  if (coco_string_is(name, "help") || coco_string_is(name, "h")) {
    if (!value) print_help(usage);
    else if (!coco_tool_print_page(usage, value)) return report_page(usage, value);
    return end_printing(usage);
  }
  if (coco_string_is(name, "version")) {
    printf("%s " COCO_VERSION "\n", usage->name);
    return end_printing(usage);
  }
  const coco_tool_option *option = find_option(usage, name);
  if (!option) {
    char copy[256];
    snprintf(copy, sizeof copy, "%.*s", COCO_PRINT(name));
    if (usage->other && name.size < sizeof copy && usage->other(usage->user, copy, value)) return COCO_TOOL_GO_ON;
    return report_unknown(usage, name);
  }
  if (!value && option->kind != COCO_TOOL_FLAG && !has_maybe_value(option)) {
    if (*index + 1 >= argc) return report_value(usage, option, NULL);
    value = argv[++*index];
  }
  return store(option, value) ? COCO_TOOL_GO_ON : report_value(usage, option, value);
}

coco_tool_parsed coco_tool_parse_options(const coco_tool_usage *usage, int argc, char **argv) {
  bool options_ended = false;
  for (int i = 1; i < argc; ++i) {
    const char *argument = argv[i];
    if (!options_ended && strcmp(argument, "--") == 0) {
      options_ended = true;
    } else if (!options_ended && argument[0] == '-' && argument[1]) {
      coco_tool_parsed parsed = parse_option(usage, argc, argv, &i);
      if (parsed != COCO_TOOL_GO_ON) return parsed;
    } else if (!usage->inputs || usage->inputs->count >= usage->maximum_inputs || !add_text(usage->inputs, argument)) {
      fprintf(stderr, "%s: '%s' is one argument too many\nTry '%s --help'.\n", usage->name, argument, usage->name);
      return COCO_TOOL_MISUSED;
    }
  }
  return COCO_TOOL_GO_ON;
}
