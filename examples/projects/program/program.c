/* program.c - adds the numbers that it is given. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  long sum = 0;
  for (int i = 1; i < argc; ++i) {
    char *end = NULL;
    errno = 0;
    const long number = strtol(argv[i], &end, 10);
    if (errno != 0 || end == argv[i] || *end != '\0') {
      fprintf(stderr, "%s: not a number: %s\n", argv[0], argv[i]);
      return 2;
    }
    sum += number;
  }
  printf("%ld\n", sum);
  return 0;
}
