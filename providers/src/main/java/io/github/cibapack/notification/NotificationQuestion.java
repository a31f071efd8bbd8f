// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.NotificationPolicy;

/** May this be asked under that policy? */
record NotificationQuestion(NotificationAttempt attempt, NotificationPolicy policy) {}
