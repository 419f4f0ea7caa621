using Microsoft.Extensions.Localization;

// Said aloud, for a localizer that guesses wrongly answers with the key.
[assembly: RootNamespace("Probity.Intake")]
