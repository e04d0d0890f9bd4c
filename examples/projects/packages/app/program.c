/* program.c - greets whoever is named. */
#include "greeting.h"

#include <stdio.h>

int main(int argc, char **argv) {
  return printf("%s, %s!\n", GREETING, argc > 1 ? argv[1] : "world") < 0;
}
