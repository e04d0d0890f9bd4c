/* greeting.h - the words that every package uses. */
#ifndef GREETING_H
#define GREETING_H
#define GREETING "Hello"
#endif
