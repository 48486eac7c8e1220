// SPDX-License-Identifier: Apache-2.0
/** One recurrent network for all series of a kind, on the Deep Java Library with PyTorch. */
package io.shadowweaver.model.lstm;
