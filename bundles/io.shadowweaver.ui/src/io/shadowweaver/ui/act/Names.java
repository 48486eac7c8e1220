// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;

/**
 * What operators call what they know by ids only; an id that nothing is known of stays as it is. Immutable.
 *
 * @param state    the estate
 * @param accounts its provider accounts by their ids
 */
public record Names(WeaverState state, Map<String, AccountInfo> accounts) {
	/** Copies. */
	public Names {
		accounts = Map.copyOf(accounts);
	}

	/** The names in a frame. */
	public static Names of(Frame frame) {
		return of(frame.state(), frame.estate().automation().accounts());
	}

	/** The names of an estate and its accounts. */
	public static Names of(WeaverState state, List<AccountInfo> accounts) {
		return new Names(state, accounts.stream().collect(Collectors.toMap(AccountInfo::id, account -> account, (first, second) -> first)));
	}

	/** A scaling group. */
	public String group(String id) {
		ScalingGroup group = state.topology().groups().get(id);
		return group == null ? id : group.name();
	}

	/** A provider account. */
	public String account(String id) {
		AccountInfo account = accounts.get(id);
		return account == null ? id : account.name();
	}

	/** An offer of an account. */
	public String offer(String account, String offer) {
		AccountInfo known = accounts.get(account);
		return known == null ? offer : known.offers().stream().filter(one -> one.id().equals(offer)).map(Offer::name).findFirst().orElse(offer);
	}

	/** A resource. */
	public String resource(String id) {
		return state.topology().resource(id).map(Resource::name).orElse(id);
	}

	/** A metric. */
	public String metric(String id) {
		Metric metric = state.metrics().get(id);
		return metric == null ? id : metric.name();
	}

	/** A series: whose, and of what. */
	public String series(SeriesId id) {
		String subject = id.subject();
		return (id.isGroup() ? group(subject.substring(SeriesId.GROUP_PREFIX.length())) + ", demand" : resource(subject)) + ", " + metric(id.metric());
	}

	/** What an action does. */
	public String action(Action action) {
		String zone = action.zone().isEmpty() ? "" : " in " + action.zone();
		String account = action.provider().isEmpty() ? "" : " at " + account(action.provider());
		return switch (action.kind()) {
		case CREATE -> "create " + action.count() + " × " + offer(action.provider(), action.offer()) + zone + account;
		case DELETE -> "remove " + resource(action.resource()) + account;
		case SET_SIZE -> "ask the owner for " + action.count() + " members" + account;
		case RESIZE -> "resize " + resource(action.resource()) + " to " + offer(action.provider(), action.offer()) + account;
		};
	}

	/** A sentence with times on the wall. */
	public String said(String sentence) {
		return Formats.said(sentence, state.time());
	}
}
