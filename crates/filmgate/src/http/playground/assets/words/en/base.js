// Words that every page uses.
export default {
  no_answer: "No answer from filmgate. Is it still running?",
  not_known: "No answer from filmgate. It is not known whether the film was accepted. Press again: it is made only once.",
  try_again: "Try again", copy: "Copy", copied: "Copied", copy_failed: "Select and copy by hand", keep: "Keep it", close: "Close",
  remove: "Remove", more: "More", older: "Older", required: "required",
  signed_in: "Signed in as {name}", sign_out: "Sign out", to_light: "Light theme", to_dark: "Dark theme", menu: "Menu", credits_left: "credits",
  credits: { one: "{n} credit", other: "{n} credits" }, seconds: { one: "{n} second", other: "{n} seconds" }, s: "{n} s",
  "phase.queued": "Queued", "phase.sending": "Sending", "phase.in_doubt": "In doubt", "phase.running": "Running", "phase.storing": "Copying",
  "phase.succeeded": "Done", "phase.failed": "Failed", "phase.cancelled": "Cancelled", "phase.open": "In progress",
};
