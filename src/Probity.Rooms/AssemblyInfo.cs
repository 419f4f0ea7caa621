using Microsoft.Extensions.Localization;

// The assembly is Probity.Rooms, its names start with Probity: without this a localizer quietly answers with the key.
[assembly: RootNamespace("Probity")]
