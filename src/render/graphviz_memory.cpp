// graphviz_memory.cpp - where cgraph keeps a graph that is only written.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/graphviz.hpp"

#include <cstring>
#include <memory_resource>

// cgraph takes a graph apart node by node unless its memory can be freed as a whole; then closing it
// costs nothing, and so does most of allocating. Graphviz' layout keeps memory of its own in graphs,
// and gets the usual discipline.

namespace oche::detail {
namespace {

using Arena = std::pmr::monotonic_buffer_resource;

void* take(Arena& arena, std::size_t size) {
  void* const memory = arena.allocate(size, alignof(std::max_align_t));
  std::memset(memory, 0, size);
  return memory;
}

void* open(Agdisc_t*) { return new Arena(64 * 1024); }
void* allocate(void* state, std::size_t size) { return take(*static_cast<Arena*>(state), size); }
void* resize(void* state, void* old, std::size_t old_size, std::size_t size) {
  void* const memory = take(*static_cast<Arena*>(state), size);
  if (old != nullptr) std::memcpy(memory, old, std::min(old_size, size));
  return memory;
}
void free_nothing(void*, void*) {}
void close(void* state) { delete static_cast<Arena*>(state); }

}  // namespace

Agdisc_t& discipline(Purpose purpose) {
  // cgraph keeps the address of what it is given, and never writes to it.
  static Agmemdisc_t arena = {&open, &allocate, &resize, &free_nothing, &close};
  static Agdisc_t fast = {&arena, &AgIdDisc, &AgIoDisc};
  return purpose == Purpose::writing ? fast : AgDefaultDisc;
}

}  // namespace oche::detail
