// SPDX-License-Identifier: Apache-2.0
/** Series that are often zero. */
package io.shadowweaver.model.intermittent;
