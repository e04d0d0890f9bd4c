// oche.hpp - everything that a pipeline program writes with.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/record.hpp>
#include <oche/cli/main.hpp>
#include <oche/plugins/command/build.hpp>
#include <oche/plugins/command/exec.hpp>
#include <oche/plugins/command/test.hpp>
#include <oche/plugins/feed/publish.hpp>
#include <oche/plugins/fs/watch_file.hpp>
#include <oche/plugins/fs/watch_folder.hpp>
#include <oche/plugins/git/fetch.hpp>
#include <oche/plugins/git/head.hpp>
#include <oche/plugins/git/refs.hpp>
#include <oche/plugins/tests/at_least.hpp>
#include <oche/plugins/time/every.hpp>
#include <oche/plugins/time/schedule.hpp>
#include <oche/plugins/tree/glob.hpp>
#include <oche/plugins/tree/merge.hpp>
#include <oche/plugins/tree/subtree.hpp>
#include <oche/term/command.hpp>
#include <oche/term/job.hpp>
#include <oche/term/shape_of.hpp>
#include <oche/term/step.hpp>
#include <oche/term/term.hpp>
#include <oche/term/untrusted.hpp>
