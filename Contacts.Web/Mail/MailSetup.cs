namespace Contacts.Web.Mail;

internal static class MailSetup
{
    /// <exception cref="InvalidOperationException">The settings cannot be followed.</exception>
    public static IServiceCollection AddContactsMail(this IServiceCollection services) =>
        services.AddSingleton(provider => MailSettings.Read(provider.GetRequiredService<IConfiguration>())).AddSingleton<PostOffice>().AddHostedService<MailSender>();
}
