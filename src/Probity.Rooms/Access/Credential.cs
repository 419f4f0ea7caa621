using Microsoft.AspNetCore.Identity;

namespace Probity.Access;

/// <summary>What a person signs in with. Its id is the person's in the register.</summary>
public sealed class Credential : IdentityUser<Guid>
{
    /// <summary>The secret of the person's second factor, sealed; null until one was enrolled.</summary>
    public string? SealedTotp { get; set; }

    /// <summary>The newest time step whose code was used: a code opens one session only.</summary>
    public long LastTotpStep { get; set; }
}
