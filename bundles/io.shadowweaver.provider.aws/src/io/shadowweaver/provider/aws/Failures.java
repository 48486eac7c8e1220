// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.util.Map;
import java.util.Set;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What goes wrong at AWS, as one sentence that names the account and what was tried. A refusal is certain: the service answered with an error
 * code of its own that says so. All else, even an error of the service, leaves the outcome open. Where the cause are credentials AWS's own
 * words are left out, for they may repeat parts of the signed request.
 *
 * @param account how sentences call the account
 */
record Failures(String account) {
	/** Error codes of EC2, Auto Scaling and Elastic Load Balancing, from their references' lists. */
	private static final Map<String, String> CREDENTIALS = Map.ofEntries(
			Map.entry("AuthFailure", "the credentials are wrong"),
			Map.entry("InvalidClientTokenId", "the access key is not known"),
			Map.entry("UnrecognizedClientException", "the access key is not known"),
			Map.entry("SignatureDoesNotMatch", "the secret access key is wrong, or the clock of this machine is off"),
			Map.entry("MissingAuthenticationToken", "credentials are missing"),
			Map.entry("ExpiredToken", "the session token has expired"),
			Map.entry("ExpiredTokenException", "the session token has expired"),
			Map.entry("InvalidToken", "the session token is not valid"),
			Map.entry("OptInRequired", "the account is not signed up for this"),
			Map.entry("Blocked", "the account is blocked"),
			Map.entry("UnauthorizedOperation", "the credentials have no permission for it"),
			Map.entry("AccessDenied", "the credentials have no permission for it"),
			Map.entry("AccessDeniedException", "the credentials have no permission for it"),
			Map.entry("RequestExpired", "the clock of this machine is off"),
			Map.entry("RequestTimeTooSkewed", "the clock of this machine is off"),
			Map.entry("RequestInTheFuture", "the clock of this machine is off"));
	private static final Map<String, String> REASONS = Map.ofEntries(
			Map.entry("VcpuLimitExceeded", "the vCPU quota is used up"),
			Map.entry("InstanceLimitExceeded", "the quota of instances is used up"),
			Map.entry("MaxSpotInstanceCountExceeded", "the quota of spot instances is used up"),
			Map.entry("InsufficientInstanceCapacity", "there is no room for this type in the zone now"),
			Map.entry("InsufficientFreeAddressesInSubnet", "the subnet has no free address"),
			Map.entry("InvalidInstanceType", "the instance type is not there"),
			Map.entry("Unsupported", "the instance type cannot be had there"),
			Map.entry("InvalidAMIID.NotFound", "the image is not there"),
			Map.entry("InvalidAMIID.Malformed", "the image's id is malformed"),
			Map.entry("InvalidAMIID.Unavailable", "the image is not available"),
			Map.entry("InvalidSubnetID.NotFound", "the subnet is not there"),
			Map.entry("InvalidGroup.NotFound", "the security group is not there"),
			Map.entry("InvalidKeyPair.NotFound", "the key pair is not there"),
			Map.entry("TargetGroupNotFound", "the target group is not there"),
			Map.entry("ScalingActivityInProgress", "the group is being scaled already"));
	/** The service has not looked at the call; the same one may succeed later. */
	private static final Set<String> THROTTLED = Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException", "InstanceRequestRateExceeded");
	/** Answers of the class 5xx that are certain nevertheless: nothing was made. */
	private static final Set<String> CERTAIN = Set.of("InsufficientInstanceCapacity", "InsufficientHostCapacity", "InsufficientReservedInstanceCapacity");
	private static final int LONGEST = 240;

	/**
	 * Of a question: whatever went wrong, the account cannot be asked now.
	 *
	 * @param what what was tried, as 'could not …' goes on
	 * @param e    what the SDK says
	 */
	PluginException ofQuestion(String what, SdkException e) {
		PluginException failure = ofChange(what, e);
		return failure instanceof RefusedException refused ? new AccountException(refused.fault(), failure.getMessage(), null) : failure;
	}

	/**
	 * Of a call that changes something: {@link RefusedException} exactly where it is certain that nothing was changed.
	 *
	 * @param what what was tried, as 'could not …' goes on
	 * @param e    what the SDK says
	 */
	PluginException ofChange(String what, SdkException e) {
		if (e instanceof SdkServiceException service) {
			return answered(what, service);
		}
		if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
			return new AccountException(AccountFault.DOWN, account + " could not " + what + ": no answer in time.", e);
		}
		String words = String.valueOf(e.getMessage());
		if (words.contains("Unable to load credentials")) {
			return new RefusedException(AccountFault.ACCESS, account + " could not " + what + ": no credentials were found in the places where the AWS tools look.");
		}
		if (words.contains("Unable to unmarshall") || words.contains("parse") || hasCause(e, javax.xml.stream.XMLStreamException.class)) {
			return new AccountException(AccountFault.ANSWER, account + " could not " + what + ": the answer is not the XML that was expected.", e);
		}
		return new PluginException(account + " could not " + what + ": " + (hasCause(e, java.io.IOException.class) ? "the connection failed or was lost"
				: "the SDK failed with " + e.getClass().getSimpleName()) + ".", e);
	}

	private PluginException answered(String what, SdkServiceException e) {
		AwsErrorDetails details = e instanceof AwsServiceException aws ? aws.awsErrorDetails() : null;
		// the client of the JDK keeps the body of a 401 to itself
		String unknown = e.statusCode() == 401 ? "AuthFailure" : "";
		String code = details == null || details.errorCode() == null || details.errorCode().isBlank() ? unknown : details.errorCode();
		if (code.isBlank() && e.statusCode() == 401) {
			// the JDK keeps the body of this status back; EC2 gives it for AuthFailure alone
			code = "AuthFailure";
		}
		if (code.isBlank()) {
			return new AccountException(e.statusCode() >= 500 ? AccountFault.DOWN : AccountFault.ANSWER, account + " could not " + what + ": status " + e.statusCode() + " and no error of AWS in the answer.", e);
		}
		if (CREDENTIALS.containsKey(code)) {
			return new RefusedException(CREDENTIALS.get(code).contains("clock of this machine is off") && !code.equals("SignatureDoesNotMatch") ? AccountFault.CLOCK : AccountFault.ACCESS, account + " refused to " + what + ": " + CREDENTIALS.get(code) + " (" + code + ").");
		}
		if (THROTTLED.contains(code)) {
			return new AccountException(AccountFault.DOWN, account + " could not " + what + ": too many calls (" + code + ").", e);
		}
		String words = REASONS.containsKey(code) ? REASONS.get(code) : shortened(details.errorMessage());
		String sentence = what + ": " + (words.isEmpty() ? "" : words + " ") + "(" + code + ").";
		boolean certain = e.statusCode() < 500 || CERTAIN.contains(code);
		return certain ? new RefusedException(kind(code), account + " refused to " + sentence) : new AccountException(AccountFault.DOWN, account + " could not " + sentence, e);
	}

	private static AccountFault kind(String code) {
		boolean limit = code.endsWith("LimitExceeded") || code.startsWith("Insufficient") || code.equals("MaxSpotInstanceCountExceeded");
		boolean missing = code.endsWith("NotFound") || code.startsWith("InvalidAMIID") || code.equals("InvalidInstanceType") || code.equals("Unsupported");
		return limit ? AccountFault.LIMIT : missing ? AccountFault.MISSING : AccountFault.OTHER;
	}

	/** Whether AWS answered with one of these error codes. */
	static boolean isCode(SdkException e, Set<String> codes) {
		return e instanceof AwsServiceException aws && aws.awsErrorDetails() != null && codes.contains(String.valueOf(aws.awsErrorDetails().errorCode()));
	}

	private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

	private static String shortened(String message) {
		String line = message == null ? "" : message.replaceAll("\\s+", " ").strip().replaceAll("\\.$", "");
		return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
	}
}
