// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.core.Formats;

/**
 * A provider account in the table.
 *
 * @param account  the account
 * @param status   how it is doing: the worse of what its calls and provisioning say
 * @param said     that in a sentence with times on the wall
 * @param since    since when
 * @param regions  where it can make machines
 * @param offers   how many it has, and how many machines are left of the quota
 * @param machines of ours that stand there, and what is on its way
 */
record AccountRow(AccountInfo account, Status status, String said, String since, String regions, String offers, String machines) {
	/** Those in trouble first. */
	static final Comparator<AccountRow> URGENT = Comparator.comparing((AccountRow row) -> row.status.state(), Comparator.comparingInt(AccountRow::rank))
			.thenComparing(row -> row.account.name(), String.CASE_INSENSITIVE_ORDER);

	/** The rows of an estate. */
	static List<AccountRow> of(WeaverState state, List<AccountInfo> accounts) {
		return accounts.stream().map(account -> of(state, account)).toList();
	}

	private static AccountRow of(WeaverState state, AccountInfo account) {
		Status status = status(state, account.id());
		String regions = String.join(", ", account.offers().stream().map(Offer::region).filter(region -> !region.isEmpty()).collect(Collectors.toCollection(TreeSet::new)));
		long left = account.offers().stream().filter(offer -> offer.quotaLeft() > 0).count();
		String offers = account.offers().isEmpty() ? "none known yet" : account.offers().size() + (left == account.offers().size() ? "" : ", " + left + " with quota left");
		long live = state.topology().resources().values().stream().filter(resource -> account.id().equals(resource.labels().get(Resource.PROVIDER)))
				.filter(resource -> resource.labels().containsKey(Resource.TOKEN) && !resource.lifecycle().isComing()).count();
		long coming = state.queue().stream().filter(entry -> entry.provider().equals(account.id()) && !entry.isFinal()).count();
		return new AccountRow(account, status, Formats.said(status.sentence(), state.time()), Formats.timeAndDistance(status.since(), state.time()), regions, offers,
				live + (coming == 0 ? "" : ", " + coming + " on the way"));
	}

	/** The worse of the two: the account's own calls, and provisioning, which has its breaker. */
	private static Status status(WeaverState state, String id) {
		return List.of("provisioning:" + id, "provider:" + id).stream().map(state.statuses()::get).filter(Objects::nonNull)
				.min(Comparator.comparingInt(one -> rank(one.state()))).orElseGet(() -> new Status(Status.State.IDLE, "", "It was not asked yet.", state.time()));
	}

	private static int rank(Status.State state) {
		return switch (state) {
		case FAILED, UNAVAILABLE -> 0;
		case DEGRADED -> 1;
		case STARTING -> 2;
		case IDLE -> 3;
		case OK, ENDED -> 4;
		};
	}

	/**
	 * Why no account is shown, and what to do; empty where there is one.
	 *
	 * @param name      of the estate
	 * @param installed names of the providers that are installed; empty while they are not known
	 */
	static String whyNone(String name, List<AccountInfo> accounts, Optional<List<String>> installed) {
		if (!accounts.isEmpty()) {
			return "";
		}
		String known = installed.map(names -> names.isEmpty() ? "No provider is installed. " : "Installed are: " + String.join(", ", names) + ". ").orElse("");
		return "'" + name + "' has no provider account, so nothing can be made for it. " + known
				+ "More providers come with Help > Install New Software; then File > New connection makes an account.";
	}
}
