// SPDX-License-Identifier: Apache-2.0
/** What a vendor copies to write a forecast model. */
package io.shadowweaver.example.model;
