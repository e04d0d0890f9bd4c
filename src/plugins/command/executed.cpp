// executed.cpp - what came of a program that was run.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/command/executed.hpp>

#include <boost/hana/adapt_struct.hpp>

BOOST_HANA_ADAPT_STRUCT(oche::Executed, exit_status, outputs);

namespace oche {
constinit const Type TypeOf<Executed>::value = detail::describe<Executed>();
}
