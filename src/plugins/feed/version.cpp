// version.cpp - a numbered version of what was published.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/feed/version.hpp>

#include <boost/hana/adapt_struct.hpp>

BOOST_HANA_ADAPT_STRUCT(oche::Version, feed, number);

namespace oche {
constinit const Type TypeOf<Version>::value = detail::describe<Version>();
}
