/* See command.h. */
#include "tools/common/command.h"

#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static coco_status read_all(int file, coco_buffer *output) {
  char chunk[4096];
  for (;;) {
    ssize_t size = read(file, chunk, sizeof chunk);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return output->status;
    coco_buffer_append(output, chunk, (size_t)size);
  }
}

static coco_status wait_for(const coco_tool *tool, const char *program, pid_t process) {
  int state;
  while (waitpid(process, &state, 0) < 0)
    if (errno != EINTR) return coco_tool_error(tool, "%s: %s", program, strerror(errno));
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return COCO_OK;
  if (WIFSIGNALED(state)) return coco_tool_error(tool, "%s was stopped by signal %d", program, WTERMSIG(state));
  return coco_tool_error(tool, "%s failed with exit status %d", program, WEXITSTATUS(state));
}

coco_status coco_command_run(const coco_tool *tool, const char *const *arguments, coco_buffer *output) {
  int ends[2] = {-1, -1};
  if (output && pipe(ends) != 0) return coco_tool_error(tool, "no pipe: %s", strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (output) {
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
  }
  pid_t process;
  /* posix_spawnp does not change its arguments; its type is older than const. */
  int error = posix_spawnp(&process, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (output) close(ends[1]);
  coco_status status = COCO_OK;
  if (!error && output) status = read_all(ends[0], output);
  if (output) close(ends[0]);
  if (error) return coco_tool_error(tool, "cannot run %s: %s", arguments[0], strerror(error));
  coco_status waited = wait_for(tool, arguments[0], process);
  return status != COCO_OK ? status : waited;
}

bool coco_command_exists(const char *program) {
  const char *path = getenv("PATH");
  while (path && *path) {
    size_t size = strcspn(path, ":");
    char file[1024];
    if (snprintf(file, sizeof file, "%.*s/%s", (int)size, path, program) < (int)sizeof file && access(file, X_OK) == 0)
      return true;
    path += size + (path[size] == ':');
  }
  return false;
}

coco_status coco_folder_create(const coco_tool *tool, coco_folder *out) {
  const char *parent = getenv("TMPDIR");
  int size = snprintf(out->path, sizeof out->path, "%s/coco-XXXXXX", parent && *parent ? parent : "/tmp");
  if (size < 0 || (size_t)size >= sizeof out->path || !mkdtemp(out->path)) {
    out->path[0] = '\0';
    return coco_tool_error(tool, "cannot make a temporary folder: %s", strerror(errno));
  }
  return COCO_OK;
}

const char *coco_folder_file(const coco_folder *folder, const char *name, char *buffer) {
  snprintf(buffer, 1024, "%s/%s", folder->path, name);
  return buffer;
}

void coco_folder_remove(coco_folder *folder) {
  DIR *entries = folder->path[0] ? opendir(folder->path) : NULL;
  char file[1024];
  for (struct dirent *entry = entries ? readdir(entries) : NULL; entry; entry = readdir(entries))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      unlink(coco_folder_file(folder, entry->d_name, file));
  if (!entries) return;
  closedir(entries);
  rmdir(folder->path);
  folder->path[0] = '\0';
}
