// deflater.cpp - compression by zlib, at its fastest level.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/deflater.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace oche::detail {

Deflater::Deflater() : stream_(std::make_unique<z_stream>()) {
  // Level 1: trees are written far more often than the disk they take matters.
  if (deflateInit(stream_.get(), 1) != Z_OK) throw std::bad_alloc();
}

Deflater::~Deflater() { deflateEnd(stream_.get()); }

void Deflater::add(std::string_view bytes, const Sink& sink) { run(bytes, false, sink); }

void Deflater::finish(const Sink& sink) {
  run({}, true, sink);
  deflateReset(stream_.get());
}

void Deflater::run(std::string_view bytes, bool last, const Sink& sink) {
  std::array<unsigned char, 16384> out;
  do {
    // zlib counts in 32 bits.
    const auto piece =
        bytes.substr(0, std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max() / 2));
    bytes.remove_prefix(piece.size());
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_->avail_in = static_cast<uInt>(piece.size());
    do {
      stream_->next_out = out.data();
      stream_->avail_out = static_cast<uInt>(out.size());
      deflate(stream_.get(), last && bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
      const std::size_t made = out.size() - stream_->avail_out;
      if (made != 0) sink({reinterpret_cast<const char*>(out.data()), made});
    } while (stream_->avail_out == 0);
  } while (!bytes.empty());
}

}  // namespace oche::detail
