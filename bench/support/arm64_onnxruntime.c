/* Runs a model on ONNX Runtime's C library, one thread: PROGRAM LIBRARY MODEL INPUT-NAME DIMENSIONS OUTPUT-NAME INPUT
 * OUTPUT SIZE TIMES.
 *
 * INPUT and OUTPUT are raw files of float; DIMENSIONS is 1x3x224x224; SIZE the output's bytes. Prints where the library
 * was loaded: the first line of its mapping. The wheel of the Python package has the library without its header; its C
 * interface is a table of functions that only grows at the end, so the few that are needed are known by their places.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct api_base {
  const void *const *(*get_api)(uint32_t version);
  const char *(*get_version)(void);
} api_base;

enum {
  GET_ERROR_MESSAGE = 2,
  CREATE_ENVIRONMENT = 3,
  CREATE_SESSION = 7,
  RUN = 9,
  CREATE_SESSION_OPTIONS = 10,
  SET_OPTIMIZATION = 23,
  SET_INTRA_THREADS = 24,
  CREATE_TENSOR = 49,
  GET_TENSOR_DATA = 51,
  CREATE_MEMORY_INFO = 69
};
enum {
  API_VERSION = 1,
  WARNING = 2,
  ALL_OPTIMIZATIONS = 99,
  DEVICE_ALLOCATOR = 0,
  MEMORY_DEFAULT = 0,
  ELEMENT_FLOAT = 1,
  MAXIMUM_RANK = 8
};

typedef void *status;
static const void *const *api;

/* Calls function PLACE of the table as TYPE; ends the program with its message when it fails. */
#define CALL(place, type, ...) check(((status(*) type)(uintptr_t)api[place])(__VA_ARGS__))

static void check(status failed) {
  if (!failed) return;
  fprintf(stderr, "ONNX Runtime: %s\n", ((const char *(*)(status))(uintptr_t)api[GET_ERROR_MESSAGE])(failed));
  exit(1);
}

static void print_mapping(const char *library) {
  char line[1024], start[32];
  FILE *maps = fopen("/proc/self/maps", "r");
  const char *name = strrchr(library, '/');
  while (maps && fgets(line, sizeof line, maps))
    if (strstr(line, name ? name : library) && sscanf(line, "%31[0-9a-f]-", start) == 1) {
      printf("loaded %s\n", start);
      break;
    }
  if (maps) fclose(maps);
}

static void *make_session(const char *model) {
  void *environment, *options, *session;
  CALL(CREATE_ENVIRONMENT, (int, const char *, void **), WARNING, "bench", &environment);
  CALL(CREATE_SESSION_OPTIONS, (void **), &options);
  CALL(SET_INTRA_THREADS, (void *, int), options, 1);
  CALL(SET_OPTIMIZATION, (void *, int), options, ALL_OPTIMIZATIONS);
  CALL(CREATE_SESSION, (void *, const char *, void *, void **), environment, model, options, &session);
  return session;
}

static void *make_tensor(const char *path, char *dimensions) {
  int64_t shape[MAXIMUM_RANK], count = 1;
  size_t rank = 0;
  void *memory, *tensor;
  for (char *at = strtok(dimensions, "x"); at && rank < MAXIMUM_RANK; at = strtok(NULL, "x"))
    count *= shape[rank++] = atoll(at);
  float *data = malloc((size_t)count * sizeof *data);
  FILE *file = fopen(path, "rb");
  if (!data || !file || fread(data, sizeof *data, (size_t)count, file) != (size_t)count) exit(1);
  fclose(file);
  CALL(CREATE_MEMORY_INFO, (int, int, void **), DEVICE_ALLOCATOR, MEMORY_DEFAULT, &memory);
  CALL(CREATE_TENSOR, (void *, void *, size_t, const int64_t *, size_t, int, void **), memory, data,
       (size_t)count * sizeof *data, shape, rank, ELEMENT_FLOAT, &tensor);
  return tensor;
}

int main(int argc, char **argv) {
  if (argc != 10) return 2;
  void *library = dlopen(argv[1], RTLD_NOW), *output = NULL, *data;
  if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
  const api_base *(*get_base)(void) = (const api_base *(*)(void))(uintptr_t)dlsym(library, "OrtGetApiBase");
  if (!get_base || !(api = get_base()->get_api(API_VERSION))) return 1;
  print_mapping(argv[1]);
  void *session = make_session(argv[2]), *input = make_tensor(argv[6], argv[4]);
  const char *input_names[] = {argv[3]}, *output_names[] = {argv[5]};
  for (int i = atoi(argv[9]); i > 0; --i)
    CALL(RUN, (void *, void *, const char *const *, void *const *, size_t, const char *const *, size_t, void **),
         session, NULL, input_names, &input, 1, output_names, 1, &output);
  CALL(GET_TENSOR_DATA, (void *, void **), output, &data);
  FILE *file = fopen(argv[7], "wb");
  size_t size = (size_t)atoll(argv[8]);
  return !file || fwrite(data, 1, size, file) != size || fclose(file) != 0;
}
