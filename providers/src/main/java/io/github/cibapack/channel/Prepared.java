// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Envelope;
import io.github.cibapack.message.Message;

/** A message that is written and not yet sent. */
record Prepared(Envelope envelope, Message message) {}
