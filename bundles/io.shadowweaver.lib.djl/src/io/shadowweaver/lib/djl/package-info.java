// SPDX-License-Identifier: Apache-2.0
/** Finds PyTorch's natives for the Deep Java Library. */
package io.shadowweaver.lib.djl;
