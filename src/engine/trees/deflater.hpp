// deflater.hpp - compresses bytes the way git stores them.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string_view>

struct z_stream_s;

namespace oche::detail {

/// Takes compressed bytes as they come.
using Sink = std::function<void(std::string_view bytes)>;

/// A zlib stream that is used for one object after another: setting one up costs more than most
/// objects do.
class Deflater {
 public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void add(std::string_view bytes, const Sink& sink);
  /// Ends the object; the next `add` begins another.
  void finish(const Sink& sink);

 private:
  void run(std::string_view bytes, bool last, const Sink& sink);
  std::unique_ptr<z_stream_s> stream_;
};

}  // namespace oche::detail
