// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.Proposal;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;
import io.shadowweaver.provisioning.audit.AuditTrail;
import io.shadowweaver.ui.core.AccountInfo;
import io.shadowweaver.ui.core.AuditReading;
import io.shadowweaver.ui.core.AutomationHandle;

/** The automation of the fleet: one account with two offers; decisions are written down and kept. */
final class FleetAutomation implements AutomationHandle {
	private final List<String> commands;
	private volatile ProvisioningSettings settings = ProvisioningSettings.defaults();
	private volatile List<GroupSettings> groups = List.of();

	FleetAutomation(List<String> commands) {
		this.commands = commands;
	}

	@Override
	public List<AccountInfo> accounts() {
		Offer dated = new Offer("m1", "Medium", Map.of("cpu", 4.), "eu", List.of("a", "b"), new Price(.05, "EUR", "list of the operator", Optional.of(LocalDate.of(2026, 1, 2))), 7,
				Duration.ofMinutes(4), Duration.ofMinutes(8));
		Offer unpriced = new Offer("m2", "Large", Map.of("cpu", 8.), "eu", List.of("a"), Price.UNKNOWN, 0, Duration.ofMinutes(4), Duration.ofMinutes(8));
		return List.of(new AccountInfo("cloud", "simulated", "The cloud", Map.of("quota", "7"), List.of(dated, unpriced)));
	}

	@Override
	public void retry(String account, String person) {
		commands.add("retry " + account);
	}

	@Override
	public void adopt(String account, String instance, String group, String person) {
		commands.add("adopt " + instance + " of " + account + " into " + group + " by " + person);
	}

	@Override
	public void remove(String account, String instance, String person) {
		commands.add("remove " + instance + " of " + account + " by " + person);
	}

	@Override
	public void resume(String group, String person) {
		commands.add("resume " + group + " by " + person);
	}

	@Override
	public void raiseCap(String group, int max, Instant until, String person) {
		commands.add("raiseCap " + group + " to " + max + " until " + until + " by " + person);
	}

	@Override
	public void thaw(String group, Instant until, String person, String reason) {
		commands.add("thaw " + group + " until " + until + " by " + person + ": " + reason);
	}

	@Override
	public void prolong(String account, String instance, Instant until, String person) {
		commands.add("prolong " + instance + " of " + account + " until " + until + " by " + person);
	}

	@Override
	public CompletableFuture<DryRun> dryRun(String plan) {
		commands.add("dryRun " + plan);
		DryRun.Step step = new DryRun.Step("t0", "cloud", List.of("POST /servers m1"), "");
		return CompletableFuture.completedFuture(new DryRun(plan, Fleet.NOW, List.of(step), List.of(new GuardOutcome("mode", true, "Approved by ann.")), "1 × 0.050 EUR = 0.050 EUR an hour.",
				List.of("The account cloud has room for 7 more Medium, and for 6 after it."), List.of("Delete the machine with the token t0 at cloud."), ""));
	}

	@Override
	public CompletableFuture<Commit> commit(Scenario scenario, String person) {
		commands.add("commit " + scenario.name() + " by " + person);
		return preview(scenario);
	}

	@Override
	public CompletableFuture<Commit> preview(Scenario scenario) {
		Plan plan = new Plan("", "web", Plan.State.PROPOSED, Fleet.NOW, List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", 2, "m", "", "")), Fleet.NOW, Fleet.NOW, Fleet.NOW, Fleet.NOW,
				Duration.ZERO, Duration.ZERO, 0, .1, "EUR", "", List.of(), List.of(), List.of(), "", List.of(new GuardOutcome("mode", true, "A person approves.")), "2 more for Web servers.");
		return CompletableFuture.completedFuture(new Commit(List.of(new Proposal("web", 2, Optional.of(plan), plan.sentence())), List.of("Nothing becomes of change 1: it adds no members.")));
	}

	@Override
	public AuditReading audit() {
		AuditEntry first = new AuditEntry(1, Fleet.NOW, 1, "ann", "approved plan p0", "web needs 2 more", "", AuditTrail.FIRST, "a".repeat(64));
		AuditEntry second = new AuditEntry(2, Fleet.NOW, 2, "provider cloud", "made t0", "plan p0", "i-1", "a".repeat(64), "b".repeat(64));
		return new AuditReading(List.of(first, second), new AuditCheck(2, 2, 0, ""), "");
	}

	@Override
	public ProvisioningSettings settings() {
		return settings;
	}

	@Override
	public void settings(ProvisioningSettings wanted) {
		commands.add("settings");
		settings = wanted;
	}

	@Override
	public List<GroupSettings> groups() {
		return groups;
	}

	@Override
	public void group(GroupSettings wanted) {
		commands.add("group " + wanted.group());
		List<GroupSettings> all = new ArrayList<>(groups);
		all.removeIf(one -> one.group().equals(wanted.group()));
		all.add(wanted);
		groups = List.copyOf(all);
	}
}
