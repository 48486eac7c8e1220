// SPDX-License-Identifier: Apache-2.0
/** What an operator acts with: decisions that name a person, provider accounts, the budget. */
package io.shadowweaver.ui.act;
