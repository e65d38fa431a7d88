// The load generator: load COMMAND --port N [--count N] [--seconds S] [--warm-up S] [--down]
#include "load.h"

#include "common.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  void (*run)(const struct options *);
} commands[] = {
    {"throughput", measure_throughput}, {"connections", measure_connections}, {"latency", measure_latency},
    {"idle", hold_idle},                {"first", await_first},
};

static struct options parse(int count, char **arguments) {
  struct options options = {.count = 1, .seconds = 1, .warm_up_seconds = 0, .is_up = 1};
  for (int index = 2; index < count; index += 1) {
    const char *name = arguments[index];
    if (strcmp(name, "--down") == 0) {
      options.is_up = 0;
      continue;
    }
    if (index + 1 == count) die("%s needs a value", name);
    const char *value = arguments[index += 1];
    if (strcmp(name, "--port") == 0) options.port = atoi(value);
    else if (strcmp(name, "--count") == 0) options.count = atoi(value);
    else if (strcmp(name, "--seconds") == 0) options.seconds = atof(value);
    else if (strcmp(name, "--warm-up") == 0) options.warm_up_seconds = atof(value);
    else die("there is no option %s", name);
  }
  if (options.port < 1 || options.count < 1 || options.seconds <= 0) {
    die("--port, --count and --seconds must be positive");
  }
  return options;
}

int main(int count, char **arguments) {
  if (count < 2) die("load COMMAND --port N [--count N] [--seconds S] [--warm-up S] [--down]");
  signal(SIGPIPE, SIG_IGN);
  raise_file_limit();
  struct options options = parse(count, arguments);
  for (size_t index = 0; index < sizeof commands / sizeof *commands; index += 1) {
    if (strcmp(commands[index].name, arguments[1]) != 0) continue;
    commands[index].run(&options);
    return 0;
  }
  die("there is no command %s", arguments[1]);
}
