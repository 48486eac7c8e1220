// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.shadowweaver.api.provision.DryRun;
import io.shadowweaver.client.ApiException;
import io.shadowweaver.client.RemoteEstate;
import io.shadowweaver.engine.GroupSettings;
import io.shadowweaver.engine.whatif.Commit;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.audit.AuditCheck;
import io.shadowweaver.provisioning.audit.AuditEntry;

/** The automation of an estate of a server, with the scopes of the key. */
final class RemoteAutomation implements AutomationHandle {
	private final RemoteEstate estate;

	RemoteAutomation(RemoteEstate estate) {
		this.estate = estate;
	}

	private IllegalStateException elsewhere(String what) {
		return Asking.elsewhere(what, estate.address().name());
	}

	/** Their settings stay with the server. */
	@Override
	public List<AccountInfo> accounts() {
		return estate.decisions().accounts().stream().map(one -> new AccountInfo(one.id(), one.type(), one.name(), Map.of(), one.offers())).toList();
	}

	@Override
	public void retry(String account, String person) {
		throw elsewhere("An account");
	}

	@Override
	public void adopt(String account, String instance, String group, String person) {
		Asking.give(() -> estate.calls().adopt(account, instance, group));
	}

	@Override
	public void remove(String account, String instance, String person) {
		Asking.give(() -> estate.calls().remove(account, instance));
	}

	@Override
	public void resume(String group, String person) {
		Asking.give(() -> estate.calls().resume(group));
	}

	@Override
	public void raiseCap(String group, int max, Instant until, String person) {
		Asking.give(() -> estate.calls().raiseCap(group, max, until));
	}

	@Override
	public void thaw(String group, Instant until, String person, String reason) {
		Asking.give(() -> estate.calls().thaw(group, until, reason));
	}

	@Override
	public void prolong(String account, String instance, Instant until, String person) {
		Asking.give(() -> estate.calls().prolong(account, instance, until));
	}

	/** On a thread of its own: it is asked for on the UI thread. */
	private static <T> CompletableFuture<T> later(Asking.Question<T> question) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try {
				answer.complete(question.ask());
			} catch (ApiException | InterruptedException | RuntimeException e) {
				answer.completeExceptionally(e);
			}
		});
		return answer;
	}

	@Override
	public CompletableFuture<DryRun> dryRun(String plan) {
		return later(() -> estate.calls().dryRun(plan));
	}

	@Override
	public CompletableFuture<Commit> commit(Scenario scenario, String person) {
		return later(() -> estate.calls().commit(scenario));
	}

	@Override
	public CompletableFuture<Commit> preview(Scenario scenario) {
		return later(() -> estate.calls().preview(scenario));
	}

	@Override
	public AuditReading audit() {
		try {
			AuditCheck check = estate.calls().auditCheck();
			List<AuditEntry> entries = estate.calls().audit().stream().limit(check.entries()).toList();
			return new AuditReading(entries, check, entries.isEmpty() && check.whole() ? "Nothing was decided yet: the audit trail is empty." : "");
		} catch (ApiException e) {
			return AuditReading.none("The audit trail cannot be read: " + e.getMessage());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return AuditReading.none("Nobody waits for it any more.");
		}
	}

	@Override
	public ProvisioningSettings settings() {
		return estate.decisions().provisioning();
	}

	@Override
	public void settings(ProvisioningSettings settings) {
		throw elsewhere("How capacity is planned and made");
	}

	@Override
	public List<GroupSettings> groups() {
		return estate.decisions().groups();
	}

	@Override
	public void group(GroupSettings settings) {
		throw elsewhere("How members of a group are made");
	}
}
