// stored_value.cpp - a step's value as the store keeps it, and back.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/stored_value.hpp"

#include <oche/base/record.hpp>
#include <oche/base/tree.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oche::detail {

namespace {

/// Parts still to be looked into: types nest as deep as a user's records do.
struct Part {
  const Type* type;
  const void* data;
};

struct Visit {
  std::vector<Part>* parts;
  const Type* type;
};

void add_parts(const Part& part, std::vector<Part>& parts) {
  const Type& type = *part.type;
  switch (type.shape) {
    case Shape::product: {
      std::vector<void*> addresses(type.count);
      // The table gives addresses of a value that may be changed; this one is only read.
      type.addresses(const_cast<void*>(part.data), addresses.data());
      for (std::uint32_t i = 0; i < type.count; ++i) {
        parts.push_back({type.members[i].type, addresses[i]});
      }
      break;
    }
    case Shape::optional:
    case Shape::list:
    case Shape::set: {
      Visit visit{&parts, type.element};
      type.each(
          part.data,
          [](void* context, const void* element) {
            const auto& to = *static_cast<Visit*>(context);
            to.parts->push_back({to.type, element});
          },
          &visit);
      break;
    }
    case Shape::table: {
      Visit visit{&parts, &type};
      type.each(
          part.data,
          [](void* context, const void* element) {
            const auto& to = *static_cast<Visit*>(context);
            const auto& entry = *static_cast<const Entry*>(element);
            to.parts->push_back({to.type->members[0].type, entry.key});
            to.parts->push_back({to.type->members[1].type, entry.value});
          },
          &visit);
      break;
    }
    case Shape::sum: {
      Visit visit{&parts, type.members[type.index(part.data)].type};
      type.each(
          part.data,
          [](void* context, const void* element) {
            const auto& to = *static_cast<Visit*>(context);
            to.parts->push_back({to.type, element});
          },
          &visit);
      break;
    }
    default:
      break;
  }
}

}  // namespace

std::vector<std::string> trees_in(const Value& value) {
  std::vector<std::string> found;
  std::vector<Part> parts{{&value.type(), value.data()}};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part part = parts[i];
    if (part.type == &type_of<Tree>) {
      const std::string& id = static_cast<const Tree*>(part.data)->id;
      if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
    } else {
      add_parts(part, parts);
    }
  }
  return found;
}

Result<Value> decode_value(const Type& type, std::string_view bytes) {
  Result<> decoded;
  Value value = Value::build(type, [&](void* place) { decoded = decode(type, place, bytes); });
  if (!decoded) return decoded.failure();
  return value;
}

std::string encode_value(const Value& value) {
  std::string bytes;
  encode(value.type(), value.data(), bytes);
  return bytes;
}

Recalled recall(const StoredResult& stored, const Type& type, const Trees& trees) {
  Recalled recalled;
  if (!stored.ok) {
    Failure failure;
    if (const Result<> read = read_json(type_of<Failure>, &failure, stored.failure); !read) {
      recalled.trouble = "its stored failure cannot be read: " + read.failure().what;
    } else {
      recalled.failure = std::make_shared<const Failure>(std::move(failure));
    }
    return recalled;
  }
  for (const std::string& tree : stored.trees) {
    if (trees.exists({tree})) continue;
    recalled.trouble = fmt::format("tree {} of its stored result is gone", tree);
    return recalled;
  }
  Result<Value> value = decode_value(type, stored.value);
  if (value.is_ok()) {
    recalled.value = std::move(value).value();
  } else {
    recalled.trouble = "its stored result cannot be read: " + value.failure().what;
  }
  return recalled;
}

std::optional<JobsSide::Folded> stored_fold(StoreReader& reader, std::string_view path,
                                            const Asker& asker) {
  const auto stored = reader.fold(path);
  if (!stored || !stored.value()) return std::nullopt;
  const Node& node = asker.graph->term(asker.node);
  Result<Value> state = decode_value(*node.type, stored.value()->state);
  Result<Value> last = decode_value(*node.inputs()[0]->type, stored.value()->last);
  if (!state || !last) return std::nullopt;
  return JobsSide::Folded{std::move(state).value(), std::move(last).value()};
}

}  // namespace oche::detail
