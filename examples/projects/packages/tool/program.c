/* program.c - counts the letters of the greeting. */
#include "greeting.h"

#include <stdio.h>
#include <string.h>

int main(void) { return printf("%zu\n", strlen(GREETING)) < 0; }
